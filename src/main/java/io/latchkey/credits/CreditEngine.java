package io.latchkey.credits;

import io.latchkey.key.KeyId;
import io.latchkey.keycloak.ThrottledLog;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAccount;
import io.latchkey.model.CreditLedger;
import io.latchkey.model.Credits;
import io.latchkey.model.ReservationId;
import io.latchkey.model.Settlement;
import io.latchkey.model.Settlement.Outcome;
import io.latchkey.model.SettlementListener;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The credits of all owners as one node charges them: from memory, with what it has borrowed of the ledger. */
public final class CreditEngine {

    private static final ThrottledLog LOG = new ThrottledLog(Logger.getLogger(CreditEngine.class));
    /** Reservations of one node that nobody has ended yet: far more than of any owner. */
    private static final int MOST_OPEN = 1_000_000;

    private final String node = ReservationId.newNode();
    private final CreditLedger ledger;
    private final LedgerClient exchange;
    private final SettlementBatcher settlementBatcher;
    private final LeasePool leasePool;
    private final LedgerAccountCache accounts;
    private final ReservationSettlements reservationSettlements;
    private final LeaseMaintenance duties;

    /**
     * @param background where is borrowed ahead of need
     * @param life of a reservation
     * @param uses learns how calls end
     */
    public CreditEngine(CreditLedger ledger, Executor background, Clock clock, Duration life, SettlementListener uses) {
        this(ledger, background, clock, life, uses, MOST_OPEN);
    }

    /** @param mostOpen reservations, roughly, before there can be no other */
    CreditEngine(
            CreditLedger ledger,
            Executor background,
            Clock clock,
            Duration life,
            SettlementListener uses,
            int mostOpen) {
        this.ledger = ledger;
        this.exchange = new LedgerClient(node, ledger, clock);
        this.settlementBatcher = new SettlementBatcher(ledger, exchange);
        this.leasePool = new LeasePool(node, ledger, exchange, background, clock, life, uses);
        this.accounts = new LedgerAccountCache(ledger, exchange);
        this.reservationSettlements = new ReservationSettlements(leasePool);
        this.duties = new LeaseMaintenance(node, ledger, exchange, leasePool, reservationSettlements, clock, mostOpen);
    }

    /**
     * Takes the price of a call.
     *
     * @param allowance what the owner may spend there now
     * @param zone whose days and months count
     */
    public ChargeResult charge(CreditAccount account, Allowance allowance, ZoneId zone, ChargeRequest chargeRequest) {
        if (chargeRequest.cost().isZero()) {
            return free(account);
        }
        if (duties.isClosedFor(chargeRequest)) {
            return new ChargeResult.Unavailable(chargeRequest.cost());
        }
        try {
            PeriodLease periodLease = leasePool.periodLease(account, allowance, zone);
            Optional<ChargeResult> paid = leasePool.pay(periodLease, chargeRequest);
            if (paid.isEmpty() && periodLease.lease().isClosed()) {
                // It was put away between two lines.
                return charge(leasePool.periodLease(account, allowance, zone), chargeRequest);
            }
            return paid.orElseGet(() -> refused(periodLease, chargeRequest));
        } catch (RuntimeException unreachable) {
            return unavailable(chargeRequest.cost(), unreachable);
        }
    }

    /** Pays for more calls without waiting, as long as what is spent from now will do. */
    public RepeatableCharge order(
            CreditAccount account, Allowance allowance, Price price, Optional<KeyId> key, boolean settled) {
        return new RepeatableCharge(this, account, leasePool.open(account, allowance), price, key, settled);
    }

    /** From memory alone; empty where that is not enough. */
    Optional<ChargeResult> chargeAtOnce(PeriodLease periodLease, ChargeRequest chargeRequest) {
        return duties.isClosedFor(chargeRequest) ? Optional.empty() : leasePool.payAtOnce(periodLease, chargeRequest);
    }

    /** A call that costs nothing needs no ledger, and can be made without. */
    ChargeResult free(CreditAccount account) {
        return new ChargeResult.Paid(Credits.ZERO, Optional.empty(), leasePool.standing(account));
    }

    private ChargeResult charge(PeriodLease periodLease, ChargeRequest chargeRequest) {
        return leasePool.pay(periodLease, chargeRequest).orElseGet(() -> refused(periodLease, chargeRequest));
    }

    private static ChargeResult refused(PeriodLease periodLease, ChargeRequest chargeRequest) {
        return !chargeRequest.settled() && periodLease.lease().isFull()
                ? new ChargeResult.Unavailable(chargeRequest.cost())
                : new ChargeResult.Exhausted(chargeRequest.cost(), periodLease.standing());
    }

    /** What charging it would lead to; nothing is charged. */
    public ChargeResult quote(CreditAccount account, Allowance allowance, ZoneId zone, Credits cost) {
        try {
            ChargeResult.Standing standing = leasePool
                    .refreshed(leasePool.periodLease(account, allowance, zone))
                    .standing();
            return standing.remaining().compareTo(cost) >= 0
                    ? new ChargeResult.Paid(cost, Optional.empty(), standing)
                    : new ChargeResult.Exhausted(cost, standing);
        } catch (RuntimeException unreachable) {
            return unavailable(cost, unreachable);
        }
    }

    /** What an administrator has set by hand, as the ledger says now. */
    Optional<Allowance> setByHand(CreditAccount account) {
        return exchange.withPermit(() -> ledger.allowance(account));
    }

    private static ChargeResult unavailable(Credits cost, RuntimeException unreachable) {
        LOG.warn("Credits cannot be charged, so paid calls are answered 503", unreachable);
        return new ChargeResult.Unavailable(cost);
    }

    /** Whose credits those ledger rows are about, by id; from memory, except for what was reserved at other nodes. */
    Map<String, CreditAccount> accounts(Set<String> creditIds) {
        Map<String, CreditAccount> found = new HashMap<>();
        creditIds.forEach(id -> leasePool.find(id).ifPresent(purse -> found.put(id, purse.account())));
        if (found.size() < creditIds.size()) {
            Set<String> others = new HashSet<>(creditIds);
            others.removeAll(found.keySet());
            found.putAll(accounts.of(others));
        }
        return found;
    }

    /** Ends reservations of this or other nodes; an answer to each. */
    public List<SettlementResult> end(String realmId, List<Settlement> wishes) {
        Map<ReservationId, SettlementResult> answers = new HashMap<>();
        Map<ReservationId, Settlement> unknown = new LinkedHashMap<>();
        for (Settlement wish : wishes) {
            Optional<SettlementResult> ending =
                    isOurs(wish.id()) ? reservationSettlements.end(realmId, wish) : Optional.empty();
            ending.ifPresentOrElse(known -> answers.put(wish.id(), known), () -> unknown.putIfAbsent(wish.id(), wish));
        }
        if (!unknown.isEmpty()) {
            answers.putAll(record(realmId, List.copyOf(unknown.values())));
        }
        return wishes.stream()
                .map(wish -> answers.getOrDefault(wish.id(), new SettlementResult.Unknown()))
                .toList();
    }

    private boolean isOurs(ReservationId id) {
        return id.node().equals(node);
    }

    private Map<ReservationId, SettlementResult> record(String realmId, List<Settlement> wishes) {
        Map<ReservationId, Settlement> now = new HashMap<>();
        try {
            settlementBatcher.record(realmId, wishes).forEach(standing -> now.put(standing.id(), standing));
        } catch (RuntimeException unreachable) {
            LOG.warn("The end of reservations cannot be recorded, so settling them is answered 503", unreachable);
            return wishes.stream()
                    .collect(Collectors.toMap(Settlement::id, wish -> new SettlementResult.Unavailable()));
        }
        return wishes.stream()
                .filter(wish -> now.containsKey(wish.id()))
                .collect(Collectors.toMap(Settlement::id, wish -> recorded(realmId, wish, now.get(wish.id()))));
    }

    /** For a node of its own the ledger's word is what counts; another node may have heard otherwise before. */
    private SettlementResult recorded(String realmId, Settlement wish, Settlement standing) {
        if (!isOurs(standing.id())) {
            return new SettlementResult.Recorded(standing);
        }
        reservationSettlements.apply(standing);
        boolean late = standing.outcome() == Outcome.EXPIRED && wish.outcome() == Outcome.SETTLED;
        SettlementResult ended = new SettlementResult.Ended(standing);
        return late ? reservationSettlements.end(realmId, wish).orElse(ended) : ended;
    }

    /** Does what is due: hears of settlements at other nodes, ends what is overdue, and reports. */
    public void tick() {
        duties.tick();
    }

    /** Gives back all that is not reserved, and leaves the rest to other nodes. Nothing is charged here afterwards. */
    public void stop() {
        duties.stop();
    }

    public boolean isEmpty() {
        return leasePool.all().isEmpty();
    }
}
