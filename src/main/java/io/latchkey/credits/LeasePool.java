package io.latchkey.credits;

import io.latchkey.keycloak.ThrottledLog;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAccount;
import io.latchkey.model.CreditLedger;
import io.latchkey.model.CreditPeriod;
import io.latchkey.model.Credits;
import io.latchkey.model.Settlement;
import io.latchkey.model.SettlementListener;
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

/** All that one node has borrowed, and those who spend from it. */
final class LeasePool {

    private static final ThrottledLog LOG = new ThrottledLog(Logger.getLogger(LeasePool.class));
    private static final int ATTEMPTS = 3;
    private static final int STRIPES = 64;

    private final String node;
    private final CreditLedger ledger;
    private final LedgerClient exchange;
    private final Executor background;
    private final Clock clock;
    private final Duration life;
    private final SettlementListener uses;
    private final Map<CreditAccount, PeriodLease> current = new ConcurrentHashMap<>();
    private final PeriodPrefetch next;
    private final Map<String, Lease> all = new ConcurrentHashMap<>();
    private final List<ReentrantLock> openings =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toList();
    private volatile boolean stopped;

    /**
     * @param background where is borrowed ahead of need
     * @param life of a reservation
     * @param uses learns how calls end
     */
    LeasePool(
            String node,
            CreditLedger ledger,
            LedgerClient exchange,
            Executor background,
            Clock clock,
            Duration life,
            SettlementListener uses) {
        this.node = node;
        this.ledger = ledger;
        this.exchange = exchange;
        this.next = new PeriodPrefetch(exchange);
        this.background = background;
        this.clock = clock;
        this.life = life;
        this.uses = uses;
    }

    PeriodLease periodLease(CreditAccount account, Allowance allowance, ZoneId zone) {
        Instant now = clock.instant();
        PeriodLease periodLease = current.get(account);
        return periodLease != null && periodLease.isFor(allowance, zone, now)
                ? periodLease
                : open(account, allowance, zone);
    }

    private PeriodLease open(CreditAccount account, Allowance allowance, ZoneId zone) {
        return LedgerClient.patiently(openings.get(Math.floorMod(account.hashCode(), STRIPES)), () -> {
            Instant now = clock.instant();
            PeriodLease before = current.get(account);
            if (before != null && before.isFor(allowance, zone, now)) {
                return before;
            }
            CreditPeriod period = CreditPeriod.of(allowance.refill(), zone, now);
            PeriodLease opened = next.take(account, period, allowance, now).orElseGet(() -> {
                Lease lease = lease(account, period, now);
                exchange.report(
                        lease,
                        () -> lease.isClosed() ? List.of() : List.of(lease.regranting(allowance, clock.instant())));
                return new PeriodLease(lease, period, allowance, zone);
            });
            current.put(account, opened);
            return opened;
        });
    }

    private Lease lease(CreditAccount account, CreditPeriod period, Instant touched) {
        return lease(account, exchange.withPermit(() -> ledger.open(account, period)), touched);
    }

    private Lease lease(CreditAccount account, String creditId, Instant touched) {
        return all.compute(creditId, (id, known) -> {
            if (known != null && !known.isClosed()) {
                return known;
            }
            if (stopped) {
                throw new IllegalStateException("The node stops: nobody would report what is spent");
            }
            return new Lease(node, account, id, touched, uses);
        });
    }

    /** From now on nothing is borrowed for anybody who holds nothing yet. */
    void stop() {
        stopped = true;
    }

    /** The purse of a reservation that has ended, with as much in it as is to be charged, if there is any. */
    Lease filled(CreditAccount account, Settlement settlement) {
        Lease lease = lease(account, settlement.id().creditId(), clock.instant());
        Credits charged = settlement.charged();
        exchange.report(
                lease, () -> lease.lacks(charged) ? List.of(lease.borrowingFor(charged, clock.instant())) : List.of());
        return lease;
    }

    /** Has busy owners find all they need when the next period begins. */
    void lookForward() {
        next.open(current.values(), clock.instant(), this::lease);
    }

    /** Empty where there is not enough, even after asking the ledger. */
    Optional<ChargeResult> pay(PeriodLease periodLease, ChargeRequest chargeRequest) {
        Optional<ChargeResult> paid = periodLease.pay(chargeRequest, clock.instant(), life);
        // Others spend what was borrowed; or the ledger says that it has lent before, and the answer was lost.
        for (int attempt = 0; paid.isEmpty() && attempt < ATTEMPTS; attempt++) {
            borrow(periodLease, chargeRequest.cost());
            paid = periodLease.pay(chargeRequest, clock.instant(), life);
        }
        if (paid.isPresent()) {
            lookAhead(periodLease, chargeRequest.cost(), clock.instant());
        }
        return paid;
    }

    /** Empty where it is not to be spent from any more, or there is not enough in it without asking. */
    Optional<ChargeResult> payAtOnce(PeriodLease periodLease, ChargeRequest chargeRequest) {
        Instant now = clock.instant();
        if (!periodLease.isFor(periodLease.allowance(), now)) {
            return Optional.empty();
        }
        Optional<ChargeResult> paid = periodLease.pay(chargeRequest, now, life);
        if (paid.isPresent()) {
            lookAhead(periodLease, chargeRequest.cost(), now);
        }
        return paid;
    }

    Optional<PeriodLease> open(CreditAccount account, Allowance allowance) {
        return Optional.ofNullable(current.get(account))
                .filter(periodLease -> periodLease.isFor(allowance, clock.instant()));
    }

    /** As far as this node knows without asking. */
    ChargeResult.Standing standing(CreditAccount account) {
        Instant now = clock.instant();
        return Optional.ofNullable(current.get(account))
                .filter(periodLease -> periodLease.isFor(periodLease.allowance(), now))
                .map(PeriodLease::standing)
                .orElse(ChargeResult.Standing.UNKNOWN);
    }

    private void lookAhead(PeriodLease periodLease, Credits cost, Instant now) {
        if (periodLease.lease().runsLow(now)) {
            background.execute(() -> borrowAhead(periodLease, cost));
        }
    }

    private void borrow(PeriodLease periodLease, Credits cost) {
        Lease lease = periodLease.lease();
        exchange.report(
                lease,
                () -> lease.lacks(cost, clock.instant())
                        ? List.of(lease.borrowing(cost, periodLease.allowance(), clock.instant()))
                        : List.of());
    }

    /** With what the ledger says now, or said a moment ago. */
    PeriodLease refreshed(PeriodLease periodLease) {
        Lease lease = periodLease.lease();
        exchange.report(
                lease,
                () -> !lease.isClosed() && lease.isStale(clock.instant())
                        ? List.of(lease.returning(clock.instant()))
                        : List.of());
        return periodLease;
    }

    private void borrowAhead(PeriodLease periodLease, Credits cost) {
        try {
            Lease lease = periodLease.lease();
            exchange.report(
                    lease,
                    () -> lease.isClosed()
                            ? List.of()
                            : List.of(lease.borrowingAhead(cost, periodLease.allowance(), clock.instant())));
        } catch (RuntimeException failed) {
            // Whoever needs it asks again.
            LOG.warn("Credits could not be leased ahead of need", failed);
        }
    }

    Optional<Lease> find(String creditId) {
        return Optional.ofNullable(all.get(creditId));
    }

    Collection<Lease> all() {
        return all.values();
    }

    /** Forgets what holds nothing any more. */
    void tidy() {
        Instant now = clock.instant();
        current.values()
                .removeIf(periodLease ->
                        periodLease.lease().isClosed() || periodLease.period().isOverAt(now));
        next.tidy(now);
        all.values().removeIf(lease -> lease.retire(now));
    }
}
