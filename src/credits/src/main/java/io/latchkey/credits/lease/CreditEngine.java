package io.latchkey.credits.lease;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.latchkey.charging.ChargeResult;
import io.latchkey.charging.SettlementListener;
import io.latchkey.charging.SubsequentCallCharge;
import io.latchkey.credits.ledger.CreditAccount;
import io.latchkey.credits.ledger.CreditLedger;
import io.latchkey.credits.ledger.ReservationId;
import io.latchkey.credits.ledger.Settlement;
import io.latchkey.credits.pricing.Price;
import io.latchkey.key.KeyId;
import io.latchkey.keycloak.ThrottledLog;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.ReservationState;
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
import org.jboss.logging.Logger;

/** Charges and settles the calls of all owners on one node, from credits that the node has leased from the ledger. */
public final class CreditEngine {

    private static final ThrottledLog LOG = new ThrottledLog(Logger.getLogger(CreditEngine.class));
    /** Open reservations of one node: far more than of any owner. */
    public static final int MAX_OPEN = 1_000_000;

    private static final int MAX_ACCOUNTS = 100_000;

    private final LedgerClient ledgerClient;
    private final SettlementBatcher settlementBatcher;
    private final LeasePool leasePool;
    private final ReservationSettlements reservationSettlements;
    private final LeaseReporter leaseReporter;
    /** Accounts of ledger rows, which never change. */
    private final Cache<String, CreditAccount> accounts =
            Caffeine.newBuilder().maximumSize(MAX_ACCOUNTS).build();

    /**
     * @param background runs leases ahead of need
     * @param settlementListener counts settled calls
     * @param maxOpen approximate number of open reservations at which the node refuses another
     */
    public CreditEngine(
            CreditLedger ledger,
            Executor background,
            Clock clock,
            Duration reservationTtl,
            SettlementListener settlementListener,
            int maxOpen) {
        this.ledgerClient = new LedgerClient(ReservationId.newNode(), ledger, clock);
        this.settlementBatcher = new SettlementBatcher(ledgerClient);
        this.leasePool = new LeasePool(ledgerClient, background, reservationTtl, settlementListener);
        this.reservationSettlements = new ReservationSettlements(leasePool);
        this.leaseReporter = new LeaseReporter(ledgerClient, leasePool, reservationSettlements, maxOpen);
    }

    /**
     * Charges a call.
     *
     * @param allowance what the owner may spend at the API now
     * @param zone time zone whose days and months begin the periods
     */
    public ChargeResult charge(CreditAccount account, Allowance allowance, ZoneId zone, ChargeRequest chargeRequest) {
        if (chargeRequest.cost().isZero()) {
            return free(account);
        }
        if (leaseReporter.refuses(chargeRequest)) {
            return new ChargeResult.Unavailable(chargeRequest.cost());
        }
        try {
            PeriodLease periodLease = leasePool.periodLease(account, allowance, zone);
            Optional<ChargeResult> paid = leasePool.charge(periodLease, chargeRequest);
            if (paid.isEmpty() && periodLease.lease().isClosed()) {
                // It was idle, and closed meanwhile.
                periodLease = leasePool.periodLease(account, allowance, zone);
                paid = leasePool.charge(periodLease, chargeRequest);
            }
            return paid.isPresent() ? paid.get() : refused(periodLease, chargeRequest);
        } catch (RuntimeException unreachable) {
            return unavailable(chargeRequest.cost(), unreachable);
        }
    }

    /** Charges further calls without waiting, as long as the current lease covers them. */
    public SubsequentCallCharge repeatable(
            CreditAccount account, Allowance allowance, Price price, Optional<KeyId> key, boolean settled) {
        Optional<PeriodLease> lease = leasePool.current(account, allowance);
        return call -> {
            ChargeRequest chargeRequest = new ChargeRequest(price.of(call), key, settled);
            return chargeRequest.cost().isZero()
                    ? Optional.of(free(account))
                    : lease.filter(current -> !leaseReporter.refuses(chargeRequest))
                            .flatMap(current -> leasePool.chargeFromMemory(current, chargeRequest));
        };
    }

    /** The result of a free call, which never reads the ledger. */
    ChargeResult free(CreditAccount account) {
        return new ChargeResult.Paid(CreditAmount.ZERO, Optional.empty(), leasePool.allowanceStatus(account));
    }

    private static ChargeResult refused(PeriodLease periodLease, ChargeRequest chargeRequest) {
        return !chargeRequest.settled() && periodLease.lease().isFull()
                ? new ChargeResult.Unavailable(chargeRequest.cost())
                : new ChargeResult.Exhausted(chargeRequest.cost(), periodLease.allowanceStatus());
    }

    /** Reports what a charge would lead to, and charges nothing. */
    public ChargeResult quote(CreditAccount account, Allowance allowance, ZoneId zone, CreditAmount cost) {
        try {
            ChargeResult.AllowanceStatus status = leasePool
                    .renewed(leasePool.periodLease(account, allowance, zone))
                    .allowanceStatus();
            return status.remaining().compareTo(cost) >= 0
                    ? new ChargeResult.Paid(cost, Optional.empty(), status)
                    : new ChargeResult.Exhausted(cost, status);
        } catch (RuntimeException unreachable) {
            return unavailable(cost, unreachable);
        }
    }

    /** The allowance that an administrator has set for this owner, read from the ledger. */
    public Optional<Allowance> manualAllowance(CreditAccount account) {
        return ledgerClient.withPermit(ledger -> ledger.allowance(account));
    }

    private static ChargeResult unavailable(CreditAmount cost, RuntimeException unreachable) {
        LOG.warn("Credits cannot be charged, so paid calls are answered 503", unreachable);
        return new ChargeResult.Unavailable(cost);
    }

    /**
     * Finds the accounts of ledger rows by row id: from memory, and from the ledger for reservations of other nodes.
     */
    Map<String, CreditAccount> accounts(Set<String> creditIds) {
        Map<String, CreditAccount> found = new HashMap<>();
        creditIds.forEach(id -> leasePool.find(id).ifPresent(lease -> found.put(id, lease.account())));
        if (found.size() < creditIds.size()) {
            Set<String> others = new HashSet<>(creditIds);
            others.removeAll(found.keySet());
            found.putAll(accounts.getAll(
                    others, missing -> ledgerClient.withPermit(ledger -> ledger.accounts(Set.copyOf(missing)))));
        }
        return found;
    }

    /** Settles reservations of this or other nodes; a result for each, in the same order. */
    public List<SettlementReply> settle(String realmId, List<Settlement> settlements) {
        Map<ReservationId, SettlementReply> replies = new HashMap<>();
        Map<ReservationId, Settlement> unknown = new LinkedHashMap<>();
        for (Settlement settlement : settlements) {
            Optional<SettlementReply> reply =
                    isOurs(settlement.id()) ? reservationSettlements.settle(realmId, settlement) : Optional.empty();
            reply.ifPresentOrElse(
                    known -> replies.put(settlement.id(), known),
                    () -> unknown.putIfAbsent(settlement.id(), settlement));
        }
        if (!unknown.isEmpty()) {
            replies.putAll(record(realmId, unknown));
        }
        return settlements.stream()
                .map(settlement -> replies.getOrDefault(settlement.id(), new SettlementReply.Unknown()))
                .toList();
    }

    private boolean isOurs(ReservationId id) {
        return id.node().equals(ledgerClient.node);
    }

    private Map<ReservationId, SettlementReply> record(String realmId, Map<ReservationId, Settlement> settlements) {
        Map<ReservationId, SettlementReply> replies = new HashMap<>();
        try {
            settlementBatcher
                    .record(realmId, List.copyOf(settlements.values()))
                    .forEach(recorded ->
                            replies.put(recorded.id(), recorded(realmId, settlements.get(recorded.id()), recorded)));
        } catch (RuntimeException unreachable) {
            LOG.warn("The end of reservations cannot be recorded, so settling them is answered 503", unreachable);
            settlements.keySet().forEach(id -> replies.putIfAbsent(id, new SettlementReply.Unavailable()));
        }
        return replies;
    }

    /**
     * The ledger decides about a reservation of this node; another node may have settled its own reservation before.
     */
    private SettlementReply recorded(String realmId, Settlement settlement, Settlement recorded) {
        if (!isOurs(recorded.id())) {
            return new SettlementReply.Recorded(recorded);
        }
        reservationSettlements.apply(recorded);
        boolean late =
                recorded.outcome() == ReservationState.EXPIRED && settlement.outcome() == ReservationState.SETTLED;
        SettlementReply ended = new SettlementReply.Ended(recorded);
        return late ? reservationSettlements.settle(realmId, settlement).orElse(ended) : ended;
    }

    /** Collects settlements of other nodes, expires overdue reservations, and reports leases that are due. */
    public void tick() {
        leaseReporter.tick();
    }

    /**
     * Returns unreserved credits and hands open reservations over to the other nodes. Nothing is charged here afterwards.
     */
    public void stop() {
        leaseReporter.stop();
    }

    public boolean isEmpty() {
        return leasePool.all().isEmpty();
    }
}
