package io.latchkey.credits;

import io.latchkey.charging.SettlementListener;
import io.latchkey.credits.lease.CreditEngine;
import io.latchkey.credits.ledger.CreditLedger;
import io.latchkey.credits.ledger.JpaCreditLedger;
import io.latchkey.keycloak.ThrottledLog;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSessionFactory;

/** Starts and stops the credit engine of this node with its threads, and has it report to the ledger every two seconds. */
final class CreditEngineLifecycle {

    private static final Logger LOG = Logger.getLogger(CreditEngineLifecycle.class);
    private static final ThrottledLog THROTTLED = new ThrottledLog(LOG);
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);
    private static final int QUEUE_CAPACITY = 10_000;
    private static final int THREADS = 2;

    private final CreditLedger ledger;
    private final CreditEngine engine;
    private final ExecutorService background;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(CreditEngineLifecycle::thread);

    CreditEngineLifecycle(
            KeycloakSessionFactory sessions, Clock clock, Duration reservation, SettlementListener listener) {
        background = background();
        ledger = new JpaCreditLedger(sessions, clock, listener, restored -> restored.reportUndone(sessions));
        engine = new CreditEngine(ledger, background, clock, reservation, listener, CreditEngine.MAX_OPEN);
    }

    /**
     * Two threads with a bounded queue. A task that does not fit is dropped: the credits are leased when they are needed.
     */
    static ExecutorService background() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(QUEUE_CAPACITY),
                CreditEngineLifecycle::thread,
                new ThreadPoolExecutor.DiscardPolicy());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "latchkey-credits");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Uses a timer of its own: tasks of Keycloak's timer wait for each other, and a lease would be lost behind a long purge.
     */
    void start() {
        timer.scheduleWithFixedDelay(this::tick, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tick() {
        try {
            engine.tick();
        } catch (RuntimeException | Error failed) {
            // Errors too: the executor never runs a task again that has thrown.
            THROTTLED.warn("Spent credits could not be reported; they are kept for the next attempt", failed);
        }
    }

    void stop() {
        timer.shutdown();
        stopBackground();
        try {
            engine.stop();
        } catch (RuntimeException failed) {
            LOG.warn("Leased credits could not be returned: they will be written off", failed);
        }
    }

    /** A task that still leases ahead would take what is being returned. */
    private void stopBackground() {
        background.shutdownNow();
        try {
            if (!background.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Credits are still being leased while the node stops");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    CreditLedger ledger() {
        return ledger;
    }

    CreditEngine engine() {
        return engine;
    }
}
