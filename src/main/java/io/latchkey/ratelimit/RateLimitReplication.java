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
 * Sends to the other nodes, several times a second, how many calls this node has allowed.
 *
 * <p>It has a thread of its own, because Keycloak has a single timer thread and a message to a hanging node takes long.
 * Calls that are allowed meanwhile go out with the next message.
 */
public final class RateLimitReplication implements AutoCloseable {

    /** Between two messages. */
    public static final Duration INTERVAL = Duration.ofMillis(200);

    private static final ThrottledLog LOG =
            new ThrottledLog(Logger.getLogger(RateLimitReplication.class), Duration.ofSeconds(10));
    // Some 40 kB, since Keycloak keeps messages for two minutes.
    private static final int MAX_UPDATES = 500;

    private final RateLimiter limiter;
    private final BooleanSupplier hasOthers;
    private final Consumer<String> messages;
    private final ScheduledExecutorService thread;

    RateLimitReplication(RateLimiter limiter, BooleanSupplier hasOthers, Consumer<String> messages, Duration interval) {
        this.limiter = limiter;
        this.hasOthers = hasOthers;
        this.messages = messages;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "latchkey-rates");
            daemon.setDaemon(true);
            return daemon;
        });
        thread.scheduleWithFixedDelay(this::publish, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * @param hasOthers whether other nodes exist
     * @param messages sends a message to all of them
     */
    public static RateLimitReplication start(
            RateLimiter limiter, BooleanSupplier hasOthers, Consumer<String> messages) {
        return new RateLimitReplication(limiter, hasOthers, messages, INTERVAL);
    }

    void publish() {
        try {
            limiter.setReplicating(hasOthers.getAsBoolean());
            List<ConsumptionUpdate> updates = limiter.drainUpdates(MAX_UPDATES);
            if (!updates.isEmpty()) {
                messages.accept(ConsumptionUpdate.print(updates));
            }
        } catch (RuntimeException | Error failed) {
            // Even after an error: an executor whose task has thrown never runs it again.
            LOG.warn(
                    "The use of keys could not be replicated to other nodes, so limits allow more for a while", failed);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
