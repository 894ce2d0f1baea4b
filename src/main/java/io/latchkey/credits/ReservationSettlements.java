package io.latchkey.credits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.latchkey.keycloak.ThrottledLog;
import io.latchkey.model.CreditAccount;
import io.latchkey.model.OpenReservation;
import io.latchkey.model.ReservationId;
import io.latchkey.model.Settlement;
import io.latchkey.model.Settlement.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/** How reservations of this node end: once, and remembered for a while for whoever asks again. */
final class ReservationSettlements {

    private static final ThrottledLog LOG = new ThrottledLog(Logger.getLogger(ReservationSettlements.class));
    private static final int REMEMBERED = 200_000;
    private static final int ATTEMPTS = 3;
    private static final Duration AWHILE = Duration.ofMinutes(10);

    private final LeasePool leasePool;
    private final Cache<ReservationId, Known> ended = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(AWHILE)
            .build();

    ReservationSettlements(LeasePool leasePool) {
        this.leasePool = leasePool;
    }

    /** As a client wishes, unless it has ended before; empty where the ledger has to be asked. */
    Optional<SettlementResult> end(String realmId, Settlement wish) {
        ReservationId id = wish.id();
        Optional<Lease> lease = leasePool
                .find(id.creditId())
                .filter(found -> found.account().realmId().equals(realmId));
        // At once for all who ask about the same one.
        Known known = ended.get(
                id,
                none -> lease.flatMap(found -> ended(found, wish, found.endAsWished(wish)))
                        .orElse(null));
        if (known == null && lease.filter(found -> found.isOutOfHand(id)).isPresent()) {
            return Optional.empty();
        }
        // It may have expired between two lines.
        return Optional.of(Optional.ofNullable(ended.getIfPresent(id))
                .filter(before -> before.account().realmId().equals(realmId))
                .map(before ->
                        before.isLate(wish) ? late(before, wish) : new SettlementResult.Ended(before.settlement()))
                .orElseGet(SettlementResult.Unknown::new));
    }

    /** What has expired may still turn out to be a success. */
    private static Optional<Known> ended(Lease lease, Settlement settlement, Optional<OpenReservation> call) {
        return call.map(found ->
                new Known(lease.account(), settlement, call.filter(any -> settlement.outcome() == Outcome.EXPIRED)));
    }

    /** The call has succeeded after all: it is charged if there is enough left for it, and else it was free for good. */
    private SettlementResult late(Known expired, Settlement wish) {
        try {
            Optional<Known> now = Optional.of(expired);
            // Others spend what was borrowed for it.
            for (int attempt = 0;
                    now.filter(known -> known.isLate(wish)).isPresent() && attempt < ATTEMPTS;
                    attempt++) {
                Lease lease = leasePool.filled(expired.account(), wish);
                now = change(wish, before -> before.settledLate(lease, wish));
            }
            return now.flatMap(known -> change(wish, Known::free))
                    .<SettlementResult>map(known -> new SettlementResult.Ended(known.settlement()))
                    .orElseGet(SettlementResult.Unknown::new);
        } catch (RuntimeException unreachable) {
            LOG.warn("A late success cannot be charged, so settling it is answered 503", unreachable);
            return new SettlementResult.Unavailable();
        }
    }

    /** What is known afterwards, unless it is known no more. */
    private Optional<Known> change(Settlement wish, UnaryOperator<Known> change) {
        return Optional.ofNullable(ended.asMap()
                .computeIfPresent(wish.id(), (id, before) -> before.isLate(wish) ? change.apply(before) : before));
    }

    /** As the ledger says. */
    void apply(Settlement settlement) {
        leasePool
                .find(settlement.id().creditId())
                .ifPresent(lease -> ended.get(
                        settlement.id(),
                        none -> ended(lease, settlement, lease.end(settlement)).orElse(null)));
    }

    /**
     * What became of a reservation, and whose it was.
     *
     * @param call of one that has expired, as long as it may yet be settled
     */
    private record Known(CreditAccount account, Settlement settlement, Optional<OpenReservation> call) {

        boolean isLate(Settlement wish) {
            return call.isPresent() && wish.outcome() == Outcome.SETTLED;
        }

        /** The same where there is not enough. */
        Known settledLate(Lease lease, Settlement wish) {
            boolean charged = call.filter(made -> lease.settleLate(made, wish)).isPresent();
            return charged ? new Known(account, wish, Optional.empty()) : this;
        }

        /** For good. */
        Known free() {
            return new Known(account, settlement, Optional.empty());
        }
    }
}
