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
 * Tells the other nodes what this one has allowed, several times a second. Has a thread of its own: Keycloak's timer has one
 * for everything, and a message to a node that hangs takes long. What is allowed meanwhile is told with the next one.
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
        RateLimitReplication sharing = new RateLimitReplication(limiter, others, messages);
        long millis = interval.toMillis();
        sharing.thread.scheduleWithFixedDelay(sharing::tell, millis, millis, TimeUnit.MILLISECONDS);
        return sharing;
    }

    void tell() {
        try {
            limiter.share(others.getAsBoolean());
            List<ConsumptionUpdate> news = limiter.untold(MOST);
            if (!news.isEmpty()) {
                messages.accept(ConsumptionUpdate.print(news));
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
