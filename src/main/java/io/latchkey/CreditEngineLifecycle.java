package io.latchkey;

import io.latchkey.credits.CreditEngine;
import io.latchkey.credits.PriceLists;
import io.latchkey.keycloak.ThrottledLog;
import io.latchkey.keys.WriteOffReporter;
import io.latchkey.model.CreditLedger;
import io.latchkey.model.SettlementListener;
import io.latchkey.model.jpa.JpaCreditLedger;
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

/** Starts and stops the credit engine of this node. */
final class CreditEngineLifecycle {

    private static final Logger LOG = Logger.getLogger(CreditEngineLifecycle.class);
    private static final ThrottledLog TICKS = new ThrottledLog(LOG);
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int MOST_WAITING = 10_000;
    private static final int THREADS = 2;

    private final CreditLedger ledger;
    private final CreditEngine credits;
    private final PriceLists priceLists = new PriceLists();
    private final ExecutorService background;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(CreditEngineLifecycle::thread);

    CreditEngineLifecycle(KeycloakSessionFactory sessions, Clock clock, Duration reservation, SettlementListener uses) {
        background = background();
        ledger = new JpaCreditLedger(sessions, clock, uses, back -> WriteOffReporter.undone(sessions, back));
        credits = new CreditEngine(ledger, background, clock, reservation, uses);
    }

    /** For two at a time. What does not fit is borrowed when it is needed. */
    static ExecutorService background() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(MOST_WAITING),
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

    /** Beside Keycloak's timer, whose tasks wait for each other: a lease must not get lost because a sweep takes long. */
    void start() {
        timer.scheduleWithFixedDelay(this::tick, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tick() {
        try {
            credits.tick();
        } catch (RuntimeException | Error failed) {
            // Even after an error: a timer whose task has thrown never runs it again.
            TICKS.warn("Spent credits could not be reported; they are kept for the next attempt", failed);
        }
    }

    void stop() {
        timer.shutdown();
        settleDown();
        try {
            credits.stop();
        } catch (RuntimeException failed) {
            LOG.warn("Borrowed credits could not be given back: they will be written off", failed);
        }
    }

    /** Whoever still borrows ahead would take what is being given back. */
    private void settleDown() {
        background.shutdownNow();
        try {
            if (!background.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Credits are still being borrowed while the node stops");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    CreditLedger ledger() {
        return ledger;
    }

    CreditEngine credits() {
        return credits;
    }

    PriceLists priceLists() {
        return priceLists;
    }
}
