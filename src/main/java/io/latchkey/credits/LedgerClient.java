package io.latchkey.credits;

import io.latchkey.keycloak.ThrottledLog;
import io.latchkey.model.CreditLedger;
import io.latchkey.model.LeaseReply;
import io.latchkey.model.LeaseReport;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Brings reports of purses to the ledger: one at a time for each purse, and few at once for all, because each takes a database
 * connection beside that of the request that waits for it.
 */
final class LedgerClient {

    private static final ThrottledLog LOG = new ThrottledLog(Logger.getLogger(LedgerClient.class));
    private static final int AT_ONCE = 8;
    private static final long PATIENCE_SECONDS = 3;
    private static final int BATCH = 50;

    private final String node;
    private final CreditLedger ledger;
    private final Clock clock;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    LedgerClient(String node, CreditLedger ledger, Clock clock) {
        this.node = node;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** A report of one purse was due and was made, or was not needed any more. */
    void report(Lease lease, Supplier<List<LeaseReport>> due) {
        patiently(lease.exchange(), () -> {
            due.get().forEach(report -> learn(List.of(lease), List.of(report)));
            return null;
        });
    }

    /** Reports of all those that nobody else is reporting on. */
    void report(List<Lease> purses, Function<Lease, LeaseReport> report) {
        List<Lease> mine = new ArrayList<>();
        try {
            for (Lease lease : purses) {
                if (lease.exchange().tryLock()) {
                    mine.add(lease);
                }
            }
            learn(mine, mine.stream().map(report).toList());
        } finally {
            mine.forEach(lease -> lease.exchange().unlock());
        }
    }

    /** In batches; of one that fails each alone, so that nobody waits for what is wrong with another. */
    void reportAll(List<Lease> due, Function<Lease, LeaseReport> report) {
        FailureBudget alone = new FailureBudget();
        for (int from = 0; from < due.size() && alone.areWorthwhile(); from += BATCH) {
            List<Lease> batch = due.subList(from, Math.min(from + BATCH, due.size()));
            if (!areReported(batch, report)) {
                batch.forEach(lease -> alone.make(() -> report(List.of(lease), report)));
            }
        }
        alone.complain();
    }

    private boolean areReported(List<Lease> batch, Function<Lease, LeaseReport> report) {
        try {
            report(batch, report);
            return true;
        } catch (RuntimeException failed) {
            LOG.warn("The leases of a batch cannot be reported together, so each is reported alone", failed);
            return false;
        }
    }

    private void learn(List<Lease> purses, List<LeaseReport> reports) {
        if (reports.isEmpty()) {
            return;
        }
        List<LeaseReply> answers = withPermit(() -> ledger.report(node, reports));
        for (int i = 0; i < reports.size(); i++) {
            purses.get(i).learn(reports.get(i), answers.get(i), clock.instant());
        }
    }

    <T> T withPermit(Supplier<T> work) {
        try {
            if (!turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The ledger of credits is too busy");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }

    static <T> T patiently(Lock lock, Supplier<T> work) {
        try {
            if (!lock.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The ledger of credits does not answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
