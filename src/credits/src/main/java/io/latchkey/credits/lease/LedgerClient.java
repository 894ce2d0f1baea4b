package io.latchkey.credits.lease;

import io.latchkey.credits.ledger.CreditLedger;
import io.latchkey.credits.ledger.LeaseRenewalRequest;
import io.latchkey.credits.ledger.LeaseRenewalResponse;
import io.latchkey.keycloak.ThrottledLog;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Sends lease reports to the ledger, one at a time for each lease and at most eight in total. Each needs a database connection
 * in addition to that of the waiting request.
 */
final class LedgerClient {

    private static final ThrottledLog LOG = new ThrottledLog(Logger.getLogger(LedgerClient.class));
    private static final int MAX_CONCURRENT = 8;
    private static final long TIMEOUT_SECONDS = 3;
    private static final int BATCH = 50;

    final String node;
    final CreditLedger ledger;
    final Clock clock;
    private final Semaphore permits = new Semaphore(MAX_CONCURRENT);

    LedgerClient(String node, CreditLedger ledger, Clock clock) {
        this.node = node;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Reports one lease, if that is still needed once its lock is held. */
    void report(Lease lease, Predicate<Instant> isNeeded, Function<Instant, LeaseRenewalRequest> report) {
        withLock(lease.reportLock(), () -> {
            Instant now = clock.instant();
            if (isNeeded.test(now)) {
                apply(List.of(lease), List.of(report.apply(now)));
            }
            return lease;
        });
    }

    /** Reports all leases that no other thread is reporting. */
    private void report(List<Lease> leases, Function<Lease, LeaseRenewalRequest> report) {
        List<Lease> locked = new ArrayList<>();
        try {
            leases.stream().filter(lease -> lease.reportLock().tryLock()).forEach(locked::add);
            apply(locked, locked.stream().map(report).toList());
        } finally {
            locked.forEach(lease -> lease.reportLock().unlock());
        }
    }

    /**
     * Reports in batches; a failed batch is repeated lease by lease, so that one faulty lease does not block the others.
     */
    void reportAll(List<Lease> due, Function<Lease, LeaseRenewalRequest> report) {
        ConsecutiveFailureGuard alone = new ConsecutiveFailureGuard();
        for (int from = 0; from < due.size() && alone.allowsMore(); from += BATCH) {
            List<Lease> batch = due.subList(from, Math.min(from + BATCH, due.size()));
            try {
                report(batch, report);
            } catch (RuntimeException failed) {
                LOG.warn("The leases of a batch cannot be reported together, so each is reported alone", failed);
                batch.forEach(lease -> alone.run(() -> report(List.of(lease), report)));
            }
        }
        alone.throwFirst();
    }

    private void apply(List<Lease> leases, List<LeaseRenewalRequest> reports) {
        if (reports.isEmpty()) {
            return;
        }
        List<Optional<LeaseRenewalResponse>> replies = withPermit(ledger -> ledger.report(node, reports));
        for (int i = 0; i < reports.size(); i++) {
            leases.get(i).apply(reports.get(i), replies.get(i), clock.instant());
        }
    }

    <T> T withPermit(Function<CreditLedger, T> work) {
        return withResource(
                permits::tryAcquire, permits::release, "The ledger of credits is too busy", () -> work.apply(ledger));
    }

    static <T> T withLock(Lock lock, Supplier<T> work) {
        return withResource(lock::tryLock, lock::unlock, "The ledger of credits is unreachable", work);
    }

    private interface Acquisition {
        boolean tryAcquire(long timeout, TimeUnit unit) throws InterruptedException;
    }

    private static <T> T withResource(Acquisition acquisition, Runnable release, String failure, Supplier<T> work) {
        try {
            if (!acquisition.tryAcquire(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(failure);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        try {
            return work.get();
        } finally {
            release.run();
        }
    }
}
