package io.latchkey.credits.lease;

import io.latchkey.charging.ChargeResult;
import io.latchkey.charging.SettlementListener;
import io.latchkey.credits.ledger.CreditAccount;
import io.latchkey.credits.ledger.CreditPeriod;
import io.latchkey.credits.ledger.Settlement;
import io.latchkey.keycloak.ThrottledLog;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAmount;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Opens, finds and refills this node's leases, and charges each account to the lease of its current period. */
final class LeasePool {

    private static final ThrottledLog LOG = new ThrottledLog(Logger.getLogger(LeasePool.class));
    private static final int MAX_ATTEMPTS = 3;
    private static final int STRIPES = 64;

    private final LedgerClient ledgerClient;
    private final Executor background;
    private final Clock clock;
    private final Duration reservationTtl;
    private final SettlementListener settlementListener;
    private final Map<CreditAccount, PeriodLease> current = new ConcurrentHashMap<>();
    private final Map<String, Lease> all = new ConcurrentHashMap<>();
    private final List<ReentrantLock> openLocks =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toList();
    private volatile boolean stopped;

    /**
     * @param background runs leases ahead of need
     * @param settlementListener counts settled calls
     */
    LeasePool(
            LedgerClient ledgerClient,
            Executor background,
            Duration reservationTtl,
            SettlementListener settlementListener) {
        this.ledgerClient = ledgerClient;
        this.background = background;
        this.clock = ledgerClient.clock;
        this.reservationTtl = reservationTtl;
        this.settlementListener = settlementListener;
    }

    PeriodLease periodLease(CreditAccount account, Allowance allowance, ZoneId zone) {
        Instant now = clock.instant();
        PeriodLease periodLease = current.get(account);
        return periodLease != null && periodLease.isValidFor(allowance, zone, now)
                ? periodLease
                : open(account, allowance, zone);
    }

    private PeriodLease open(CreditAccount account, Allowance allowance, ZoneId zone) {
        return LedgerClient.withLock(openLocks.get(Math.floorMod(account.hashCode(), STRIPES)), () -> {
            Instant now = clock.instant();
            PeriodLease before = current.get(account);
            if (before != null && before.isValidFor(allowance, zone, now)) {
                return before;
            }
            CreditPeriod period = CreditPeriod.of(allowance.refillInterval(), zone, now);
            Lease lease = lease(account, ledgerClient.withPermit(ledger -> ledger.open(account, period)), now);
            ledgerClient.report(lease, time -> !lease.isClosed(), time -> lease.allowanceReport(allowance, time));
            PeriodLease opened = new PeriodLease(lease, period, allowance, zone);
            current.put(account, opened);
            return opened;
        });
    }

    private Lease lease(CreditAccount account, String creditId, Instant lastUsed) {
        return all.compute(creditId, (id, known) -> {
            if (known != null && !known.isClosed()) {
                return known;
            }
            if (stopped) {
                throw new IllegalStateException("The node stops, so that spent credits could not be reported");
            }
            return new Lease(ledgerClient.node, account, id, lastUsed, settlementListener);
        });
    }

    /** Opens no new lease from now on. */
    void stop() {
        stopped = true;
    }

    /** Returns the lease of an expired reservation after it has tried to lease the amount that is to be charged. */
    Lease borrowForSettlement(CreditAccount account, Settlement settlement) {
        Lease lease = lease(account, settlement.id().creditId(), clock.instant());
        CreditAmount amount = settlement.charged();
        ledgerClient.report(lease, now -> lease.lacks(amount), now -> lease.exactBorrowReport(amount, now));
        return lease;
    }

    /** Empty if there are too few credits, even after another lease. */
    Optional<ChargeResult> charge(PeriodLease periodLease, ChargeRequest chargeRequest) {
        Optional<ChargeResult> charged = tryCharge(periodLease, chargeRequest, clock.instant());
        // Concurrent calls may spend what was leased, or the ledger repeats a lease whose reply was lost.
        for (int attempt = 0; charged.isEmpty() && attempt < MAX_ATTEMPTS; attempt++) {
            leaseMore(periodLease, chargeRequest.cost());
            charged = tryCharge(periodLease, chargeRequest, clock.instant());
        }
        return charged;
    }

    /** Empty if the lease is no longer valid or holds too little. */
    Optional<ChargeResult> chargeFromMemory(PeriodLease periodLease, ChargeRequest chargeRequest) {
        Instant now = clock.instant();
        return periodLease.isValidFor(periodLease.allowance(), now)
                ? tryCharge(periodLease, chargeRequest, now)
                : Optional.empty();
    }

    private Optional<ChargeResult> tryCharge(PeriodLease periodLease, ChargeRequest chargeRequest, Instant now) {
        Optional<ChargeResult> charged = periodLease.charge(chargeRequest, now, reservationTtl);
        if (charged.isPresent() && periodLease.lease().runsLow(now)) {
            background.execute(() -> borrowAhead(periodLease, chargeRequest.cost()));
        }
        return charged;
    }

    Optional<PeriodLease> current(CreditAccount account, Allowance allowance) {
        return Optional.ofNullable(current.get(account))
                .filter(periodLease -> periodLease.isValidFor(allowance, clock.instant()));
    }

    /** The balance as this node knows it, without reading the ledger. */
    ChargeResult.AllowanceStatus allowanceStatus(CreditAccount account) {
        Instant now = clock.instant();
        return Optional.ofNullable(current.get(account))
                .filter(periodLease -> periodLease.isValidFor(periodLease.allowance(), now))
                .map(PeriodLease::allowanceStatus)
                .orElse(ChargeResult.AllowanceStatus.UNKNOWN);
    }

    private void leaseMore(PeriodLease periodLease, CreditAmount cost) {
        Lease lease = periodLease.lease();
        ledgerClient.report(
                lease, now -> lease.lacks(cost, now), now -> lease.borrowReport(cost, periodLease.allowance(), now));
    }

    /** Renews the lease unless that happened within the last second. */
    PeriodLease renewed(PeriodLease periodLease) {
        Lease lease = periodLease.lease();
        ledgerClient.report(lease, now -> !lease.isClosed() && lease.isStale(now), lease::returnReport);
        return periodLease;
    }

    private void borrowAhead(PeriodLease periodLease, CreditAmount cost) {
        try {
            Lease lease = periodLease.lease();
            ledgerClient.report(
                    lease, now -> !lease.isClosed(), now -> lease.prefetchReport(cost, periodLease.allowance(), now));
        } catch (RuntimeException failed) {
            // The next call that needs more leases it itself.
            LOG.warn("Credits could not be leased ahead of need", failed);
        }
    }

    Optional<Lease> find(String creditId) {
        return Optional.ofNullable(all.get(creditId));
    }

    Collection<Lease> all() {
        return all.values();
    }

    /** Evicts closed leases, and those of ended periods. */
    void evictClosed() {
        Instant now = clock.instant();
        current.values()
                .removeIf(periodLease ->
                        periodLease.lease().isClosed() || periodLease.period().isOverAt(now));
        all.values().removeIf(lease -> lease.closeIfIdle(now));
    }
}
