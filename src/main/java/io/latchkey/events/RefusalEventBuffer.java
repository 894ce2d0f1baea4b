package io.latchkey.events;

import io.latchkey.keycloak.DatabaseFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.events.Event;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Buffers the events of refused keys on this node until a timer writes them.
 *
 * <p>A request touches memory only, so its duration does not reveal whether a key id exists. A crash loses one interval of
 * events, a stop loses none.
 */
public final class RefusalEventBuffer {

    /** About 10 MB: what waits while the database is out of reach. */
    static final int CAPACITY = 10_000;

    /** Events of one transaction. */
    static final int BATCH = 100;

    private static final Logger LOG = Logger.getLogger(RefusalEventBuffer.class);
    private static final String ERROR = "_ERROR";

    private final BlockingQueue<Event> waiting = new LinkedBlockingQueue<>(CAPACITY);
    private final LongAdder dropped = new LongAdder();

    /**
     * Notes the event as it is now.
     *
     * @param error Keycloak's word for the caller's error
     * @param at the time of the refusal
     */
    public void add(EventBuilder builder, String error, Instant at) {
        Event event = builder.getEvent().clone();
        String type = event.getType().name();
        event.setType(type.endsWith(ERROR) ? event.getType() : EventType.valueOf(type + ERROR));
        event.setError(error);
        event.setTime(at.toEpochMilli());
        event.setId(KeycloakModelUtils.generateId());
        keep(event);
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /**
     * Writes what has gathered. One at a time: who stops the node waits for the timer.
     *
     * @param writer writes events in one transaction
     * @throws RuntimeException if the database is out of reach; what could not be written is kept
     */
    public synchronized void flush(Consumer<List<Event>> writer) {
        try {
            for (int left = waiting.size(); left > 0; left -= BATCH) {
                List<Event> batch = new ArrayList<>(BATCH);
                waiting.drainTo(batch, Math.min(left, BATCH));
                write(batch, writer);
            }
        } finally {
            reportDropped();
        }
    }

    private void write(List<Event> batch, Consumer<List<Event>> writer) {
        try {
            writer.accept(batch);
        } catch (RuntimeException failed) {
            if (isOutOfReach(failed)) {
                batch.forEach(this::keep);
                throw failed;
            }
            writeApart(batch, writer);
        }
    }

    /** One event that cannot be written takes none of the others with it. */
    private void writeApart(List<Event> batch, Consumer<List<Event>> writer) {
        for (int i = 0; i < batch.size(); i++) {
            try {
                writer.accept(List.of(batch.get(i)));
            } catch (RuntimeException failed) {
                if (isOutOfReach(failed)) {
                    batch.subList(i, batch.size()).forEach(this::keep);
                    throw failed;
                }
                LOG.debug("An event of a refused API key cannot be written", failed);
                dropped.increment();
            }
        }
    }

    private static boolean isOutOfReach(RuntimeException failed) {
        return DatabaseFailure.of(failed)
                .filter(DatabaseFailure.UNAVAILABLE::equals)
                .isPresent();
    }

    private void keep(Event event) {
        if (!waiting.offer(event)) {
            dropped.increment();
        }
    }

    private void reportDropped() {
        long events = dropped.sumThenReset();
        if (events > 0) {
            LOG.warnf("%d events of refused API keys were dropped: they cannot be written, or too many wait", events);
        }
    }
}
