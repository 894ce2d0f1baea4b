package io.latchkey.credits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.latchkey.keycloak.ThrottledLog;
import io.latchkey.model.CreditAccount;
import io.latchkey.model.OpenCall;
import io.latchkey.model.ReservationId;
import io.latchkey.model.Settlement;
import io.latchkey.model.Settlement.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/** How reservations of this node end: once, and remembered for a while for whoever asks again. */
final class Endings {

    private static final ThrottledLog LOG = new ThrottledLog(Logger.getLogger(Endings.class));
    private static final int REMEMBERED = 200_000;
    private static final int ATTEMPTS = 3;
    private static final Duration AWHILE = Duration.ofMinutes(10);

    private final Purses purses;
    private final Cache<ReservationId, Known> ended = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(AWHILE)
            .build();

    Endings(Purses purses) {
        this.purses = purses;
    }

    /** As a client wishes, unless it has ended before; empty where the ledger has to be asked. */
    Optional<Ending> end(String realmId, Settlement wish) {
        ReservationId id = wish.id();
        Optional<Purse> purse = purses.find(id.creditId())
                .filter(found -> found.account().realmId().equals(realmId));
        // At once for all who ask about the same one.
        Known known = ended.get(
                id,
                none -> purse.flatMap(found -> ended(found, wish, found.endAsWished(wish)))
                        .orElse(null));
        if (known == null && purse.filter(found -> found.isOutOfHand(id)).isPresent()) {
            return Optional.empty();
        }
        // It may have expired between two lines.
        return Optional.of(Optional.ofNullable(ended.getIfPresent(id))
                .filter(before -> before.account().realmId().equals(realmId))
                .map(before -> before.isLate(wish) ? late(before, wish) : new Ending.Ended(before.settlement()))
                .orElseGet(Ending.Unknown::new));
    }

    /** What has expired may still turn out to be a success. */
    private static Optional<Known> ended(Purse purse, Settlement settlement, Optional<OpenCall> call) {
        return call.map(found ->
                new Known(purse.account(), settlement, call.filter(any -> settlement.outcome() == Outcome.EXPIRED)));
    }

    /** The call has succeeded after all: it is charged if there is enough left for it, and else it was free for good. */
    private Ending late(Known expired, Settlement wish) {
        try {
            Optional<Known> now = Optional.of(expired);
            // Others spend what was borrowed for it.
            for (int attempt = 0;
                    now.filter(known -> known.isLate(wish)).isPresent() && attempt < ATTEMPTS;
                    attempt++) {
                Purse purse = purses.filled(expired.account(), wish);
                now = change(wish, before -> before.settledLate(purse, wish));
            }
            return now.flatMap(known -> change(wish, Known::free))
                    .<Ending>map(known -> new Ending.Ended(known.settlement()))
                    .orElseGet(Ending.Unknown::new);
        } catch (RuntimeException unreachable) {
            LOG.warn("A late success cannot be charged, so settling it is answered 503", unreachable);
            return new Ending.Unavailable();
        }
    }

    /** What is known afterwards, unless it is known no more. */
    private Optional<Known> change(Settlement wish, UnaryOperator<Known> change) {
        return Optional.ofNullable(ended.asMap()
                .computeIfPresent(wish.id(), (id, before) -> before.isLate(wish) ? change.apply(before) : before));
    }

    /** As the ledger says. */
    void apply(Settlement settlement) {
        purses.find(settlement.id().creditId())
                .ifPresent(purse -> ended.get(
                        settlement.id(),
                        none -> ended(purse, settlement, purse.end(settlement)).orElse(null)));
    }

    /**
     * What became of a reservation, and whose it was.
     *
     * @param call of one that has expired, as long as it may yet be settled
     */
    private record Known(CreditAccount account, Settlement settlement, Optional<OpenCall> call) {

        boolean isLate(Settlement wish) {
            return call.isPresent() && wish.outcome() == Outcome.SETTLED;
        }

        /** The same where there is not enough. */
        Known settledLate(Purse purse, Settlement wish) {
            boolean charged = call.filter(made -> purse.settleLate(made, wish)).isPresent();
            return charged ? new Known(account, wish, Optional.empty()) : this;
        }

        /** For good. */
        Known free() {
            return new Known(account, settlement, Optional.empty());
        }
    }
}
