package io.latchkey.credits.lease;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.latchkey.credits.ledger.CreditAccount;
import io.latchkey.credits.ledger.OpenReservation;
import io.latchkey.credits.ledger.ReservationId;
import io.latchkey.credits.ledger.Settlement;
import io.latchkey.keycloak.ThrottledLog;
import io.latchkey.model.ReservationState;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/** Settles reservations of this node exactly once, and keeps the outcome for ten minutes for repeated requests. */
final class ReservationSettlements {

    private static final ThrottledLog LOG = new ThrottledLog(Logger.getLogger(ReservationSettlements.class));
    private static final int MAX_ENTRIES = 200_000;
    private static final int MAX_ATTEMPTS = 3;
    private static final Duration TTL = Duration.ofMinutes(10);

    private final LeasePool leasePool;
    private final Cache<ReservationId, Entry> ended =
            Caffeine.newBuilder().maximumSize(MAX_ENTRIES).expireAfterWrite(TTL).build();

    ReservationSettlements(LeasePool leasePool) {
        this.leasePool = leasePool;
    }

    /** Settles a reservation for a client unless it was settled before; empty if the ledger decides. */
    Optional<SettlementReply> settle(String realmId, Settlement settlement) {
        ReservationId id = settlement.id();
        Optional<Lease> lease = leasePool
                .find(id.creditId())
                .filter(found -> found.account().realmId().equals(realmId));
        // Atomic for concurrent requests of the same reservation.
        Entry entry = ended.get(
                id,
                none -> lease.flatMap(found -> entry(found, settlement, found.settleUnlessExpiring(settlement)))
                        .orElse(null));
        if (entry == null && lease.filter(found -> found.isDecidedByLedger(id)).isPresent()) {
            return Optional.empty();
        }
        // It may have expired meanwhile.
        return Optional.of(Optional.ofNullable(ended.getIfPresent(id))
                .filter(before -> before.account().realmId().equals(realmId))
                .map(before -> before.isLateSuccess(settlement)
                        ? settleLate(before, settlement)
                        : new SettlementReply.Ended(before.settlement()))
                .orElseGet(SettlementReply.Unknown::new));
    }

    /** An expired call may still be settled later. */
    private static Optional<Entry> entry(Lease lease, Settlement settlement, Optional<OpenReservation> call) {
        return call.map(found -> new Entry(
                lease.account(), settlement, call.filter(any -> settlement.outcome() == ReservationState.EXPIRED)));
    }

    /**
     * Charges a call that succeeded after its reservation expired. If too few credits are left, the call stays free.
     */
    private SettlementReply settleLate(Entry expired, Settlement settlement) {
        try {
            Optional<Entry> now = Optional.of(expired);
            // Concurrent calls may spend what was leased for it.
            for (int attempt = 0;
                    now.filter(entry -> entry.isLateSuccess(settlement)).isPresent() && attempt < MAX_ATTEMPTS;
                    attempt++) {
                Lease lease = leasePool.borrowForSettlement(expired.account(), settlement);
                now = change(settlement, before -> before.settleLate(lease, settlement));
            }
            return now.flatMap(entry -> change(settlement, Entry::withoutCall))
                    .<SettlementReply>map(entry -> new SettlementReply.Ended(entry.settlement()))
                    .orElseGet(SettlementReply.Unknown::new);
        } catch (RuntimeException unreachable) {
            LOG.warn("A late success cannot be charged, so settling it is answered 503", unreachable);
            return new SettlementReply.Unavailable();
        }
    }

    /** The entry after the change; empty if it was evicted. */
    private Optional<Entry> change(Settlement settlement, UnaryOperator<Entry> change) {
        return Optional.ofNullable(ended.asMap()
                .computeIfPresent(
                        settlement.id(),
                        (id, before) -> before.isLateSuccess(settlement) ? change.apply(before) : before));
    }

    /** Applies a settlement that the ledger has recorded. */
    void apply(Settlement settlement) {
        leasePool
                .find(settlement.id().creditId())
                .ifPresent(lease -> ended.get(
                        settlement.id(),
                        none -> entry(lease, settlement, lease.settle(settlement))
                                .orElse(null)));
    }

    /**
     * The outcome of a reservation, and its account.
     *
     * @param call of an expired reservation, as long as it may still be settled
     */
    private record Entry(CreditAccount account, Settlement settlement, Optional<OpenReservation> call) {

        boolean isLateSuccess(Settlement settlement) {
            return call.isPresent() && settlement.outcome() == ReservationState.SETTLED;
        }

        /** Unchanged if too few credits are left. */
        Entry settleLate(Lease lease, Settlement settlement) {
            boolean charged =
                    call.filter(made -> lease.settleLate(made, settlement)).isPresent();
            return charged ? new Entry(account, settlement, Optional.empty()) : this;
        }

        /** The same, no longer chargeable. */
        Entry withoutCall() {
            return new Entry(account, settlement, Optional.empty());
        }
    }
}
