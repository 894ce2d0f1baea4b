package io.latchkey.ratelimit;

import io.latchkey.keycloak.ThrottledLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Sends the calls that this node allowed to the other nodes, several times a second.
 *
 * <p>It has a thread of its own, because Keycloak has a single timer thread and a message to a hanging node takes long.
 * Calls that were allowed meanwhile go out with the next message.
 */
public final class RateLimitReplication implements AutoCloseable {

    /** Between two messages. */
    public static final Duration INTERVAL = Duration.ofMillis(200);

    private static final ThrottledLog LOG =
            new ThrottledLog(Logger.getLogger(RateLimitReplication.class), Duration.ofSeconds(10));
    // Some 40 kB; Keycloak keeps messages for two minutes.
    private static final int MOST = 500;

    private final RateLimiter limiter;
    private final BooleanSupplier others;
    private final Consumer<String> messages;
    private final ScheduledExecutorService thread;

    private RateLimitReplication(RateLimiter limiter, BooleanSupplier others, Consumer<String> messages) {
        this.limiter = limiter;
        this.others = others;
        this.messages = messages;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "latchkey-rates");
            made.setDaemon(true);
            return made;
        });
    }

    /**
     * @param others whether there are other nodes
     * @param messages reach all of them
     */
    public static RateLimitReplication start(RateLimiter limiter, BooleanSupplier others, Consumer<String> messages) {
        return start(limiter, others, messages, INTERVAL);
    }

    static RateLimitReplication start(
            RateLimiter limiter, BooleanSupplier others, Consumer<String> messages, Duration interval) {
        RateLimitReplication replication = new RateLimitReplication(limiter, others, messages);
        long millis = interval.toMillis();
        replication.thread.scheduleWithFixedDelay(replication::publish, millis, millis, TimeUnit.MILLISECONDS);
        return replication;
    }

    void publish() {
        try {
            limiter.setReplicating(others.getAsBoolean());
            List<ConsumptionUpdate> updates = limiter.drainUpdates(MOST);
            if (!updates.isEmpty()) {
                messages.accept(ConsumptionUpdate.print(updates));
            }
        } catch (RuntimeException | Error failed) {
            // Even after an error: an executor whose task has thrown never runs it again.
            LOG.warn(
                    "Other nodes could not be told how often keys were used, so limits allow more for a while", failed);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
