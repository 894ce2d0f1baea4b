package io.latchkey.events;

import io.latchkey.keycloak.DatabaseFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** Events that are kept while the database is unreachable: about 10 MB. */
    static final int CAPACITY = 10_000;

    /** Events of one transaction. */
    static final int BATCH = 100;

    private static final Logger LOG = Logger.getLogger(RefusalEventBuffer.class);
    private static final String ERROR = "_ERROR";

    private final BlockingQueue<Event> buffered = new LinkedBlockingQueue<>(CAPACITY);
    private final LongAdder dropped = new LongAdder();

    /**
     * Buffers a copy of the event.
     *
     * @param error Keycloak's name of the caller's error
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
        return buffered.isEmpty();
    }

    /**
     * Writes the buffered events in batches. The events of a batch that cannot be written are written one by one, and those
     * that cannot be written alone are dropped. Synchronized, because the thread that stops the node waits for the timer.
     *
     * @param writer writes events in one transaction
     * @throws RuntimeException if the database is unreachable; unwritten events are kept
     */
    public synchronized void flush(Consumer<List<Event>> writer) {
        List<Event> events = new ArrayList<>();
        buffered.drainTo(events);
        int written = 0;
        int single = 0;
        try {
            while (written < events.size()) {
                int end = Math.min(events.size(), written < single ? written + 1 : written + BATCH);
                if (write(events.subList(written, end), writer)) {
                    written = end;
                } else {
                    single = end;
                }
            }
        } finally {
            events.subList(written, events.size()).forEach(this::keep);
            reportDropped();
        }
    }

    /** Returns false for a batch that is to be written one by one. */
    private boolean write(List<Event> batch, Consumer<List<Event>> writer) {
        try {
            writer.accept(batch);
            return true;
        } catch (RuntimeException failed) {
            if (DatabaseFailure.of(failed).equals(Optional.of(DatabaseFailure.UNAVAILABLE))) {
                throw failed;
            }
            if (batch.size() == 1) {
                LOG.debug("An event of a refused API key cannot be written", failed);
                dropped.increment();
            }
            return batch.size() == 1;
        }
    }

    private void keep(Event event) {
        if (!buffered.offer(event)) {
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
