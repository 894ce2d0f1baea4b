package io.latchkey.credits.lease;

import io.latchkey.credits.ledger.CreditAccount;
import io.latchkey.credits.ledger.CreditPeriod;
import io.latchkey.model.Allowance;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Opens the leases of busy accounts for the next period in the minute before it begins, which spreads the load. */
final class PeriodPrefetch {

    private static final Duration AHEAD = Duration.ofMinutes(1);
    /** At most as many in one run, because reports wait meanwhile. */
    private static final int MAX_OPENINGS = 500;

    private final LedgerClient ledgerClient;
    private final Map<CreditAccount, PeriodLease> prefetched = new ConcurrentHashMap<>();

    PeriodPrefetch(LedgerClient ledgerClient) {
        this.ledgerClient = ledgerClient;
    }

    /** Creates a ledger row and an empty lease of it. */
    interface LeaseOpener {
        /** @param begin from which moment the lease counts as idle */
        Lease open(CreditAccount account, CreditPeriod period, Instant begin);
    }

    /** Empty if no lease was opened ahead. */
    Optional<PeriodLease> remove(CreditAccount account, CreditPeriod period, Allowance allowance, Instant now) {
        Optional<PeriodLease> found = Optional.ofNullable(prefetched.get(account))
                .filter(periodLease -> periodLease.period().equals(period) && periodLease.isValidFor(allowance, now));
        found.ifPresent(periodLease -> prefetched.remove(account, periodLease));
        return found;
    }

    /** @param current leases of the current period */
    void open(Collection<PeriodLease> current, Instant now, LeaseOpener opener) {
        FailureBudget tasks = new FailureBudget();
        Map<Lease, PeriodLease> opened = new HashMap<>();
        Map<Lease, Long> leaseSizes = new HashMap<>();
        due(current, now)
                .forEach(before -> tasks.run(() -> {
                    PeriodLease next = before.next(opener);
                    leaseSizes.put(next.lease(), before.lease().leaseSize());
                    opened.put(next.lease(), next);
                }));
        tasks.run(() -> ledgerClient.reportAll(
                List.copyOf(opened.keySet()),
                lease -> lease.openingReport(
                        leaseSizes.get(lease), opened.get(lease).allowance(), now)));
        // A lease whose report failed is opened again in the next run.
        opened.values().stream()
                .filter(next -> !next.lease().isStale(now))
                .forEach(next -> prefetched.put(next.account(), next));
        tasks.throwFirst();
    }

    private List<PeriodLease> due(Collection<PeriodLease> current, Instant now) {
        return current.stream()
                .filter(periodLease -> periodLease.endsBefore(now.plus(AHEAD))
                        && !periodLease.period().isOverAt(now))
                .filter(periodLease -> !periodLease.lease().isIdle(now) && !isPrefetched(periodLease))
                .limit(MAX_OPENINGS)
                .toList();
    }

    private boolean isPrefetched(PeriodLease current) {
        PeriodLease next = prefetched.get(current.account());
        return next != null
                && next.period().equals(current.nextPeriod())
                && next.allowance().equals(current.allowance())
                && !next.lease().isClosed();
    }

    void evictClosed(Instant now) {
        prefetched
                .values()
                .removeIf(periodLease ->
                        periodLease.lease().isClosed() || periodLease.period().isOverAt(now));
    }
}
