package io.latchkey.credits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.latchkey.model.ReservationId;
import io.latchkey.model.Settlement;
import java.time.Duration;
import java.util.Optional;

/** How reservations of this node end: once, and remembered for a while for whoever asks again. */
final class Endings {

    private static final int REMEMBERED = 200_000;
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
                none -> purse.filter(found -> found.endAsWished(wish))
                        .map(done -> new Known(realmId, wish))
                        .orElse(null));
        if (known == null && purse.filter(found -> found.isExpiring(id)).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(known(id, realmId));
    }

    /** It may have expired between two lines. */
    private Ending known(ReservationId id, String realmId) {
        return Optional.ofNullable(ended.getIfPresent(id))
                .filter(known -> known.realmId().equals(realmId))
                .<Ending>map(known -> new Ending.Ended(known.settlement()))
                .orElseGet(Ending.Unknown::new);
    }

    /** As the ledger says. */
    void apply(Settlement settlement) {
        purses.find(settlement.id().creditId())
                .ifPresent(purse -> ended.get(
                        settlement.id(),
                        none -> purse.end(settlement)
                                ? new Known(purse.account().realmId(), settlement)
                                : null));
    }

    /** What became of a reservation, and who may hear of it. */
    private record Known(String realmId, Settlement settlement) {}
}
