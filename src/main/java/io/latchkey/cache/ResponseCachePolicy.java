package io.latchkey.cache;

import io.latchkey.charging.Charge;
import io.latchkey.charging.SubsequentCallCharge;
import io.latchkey.keycloak.OwnerCache;
import io.latchkey.model.ApiKey;
import io.latchkey.ratelimit.RateLimiter;
import io.latchkey.usage.UsageBuffer;
import io.latchkey.verify.CachedKeyLookup;
import io.latchkey.verify.KeyUseRequest;
import io.latchkey.verify.Purpose;
import io.latchkey.verify.Verification.Accepted;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.models.RealmModel;

/** Decides whether the response to an accepted use of a key may be cached. */
public record ResponseCachePolicy(
        RealmModel realm, OwnerCache ownerCache, CachedKeyLookup keyLookup, UsageBuffer uses, RateLimiter limiter) {

    /**
     * Permits caching of the response that is about to be sent, for as long as the decision behind it stays valid. Each use
     * of the cached response is counted, rate-limited and charged.
     *
     * @param end when the response becomes wrong in any case
     * @param endpoint makes the response to a further use
     */
    public void permitCaching(
            KeyUseRequest request,
            Accepted accepted,
            Optional<Instant> end,
            Function<SubsequentUse, ResponseCache.Repetition> endpoint) {
        ResponseCache.CacheableRequest.current()
                .ifPresent(entry -> ownerCache
                        .validity(accepted.owner())
                        .flatMap(unchanged -> subsequentUse(request, accepted)
                                .map(use -> new ResponseCache.Dependencies(unchanged, end, endpoint.apply(use))))
                        .ifPresent(entry::permitCaching));
    }

    private Optional<SubsequentUse> subsequentUse(KeyUseRequest request, Accepted accepted) {
        ApiKey key = accepted.key();
        boolean counted = request.purpose() == Purpose.USE;
        Optional<SubsequentCallCharge> charge = accepted.charge().flatMap(Charge::repeatable);
        boolean chargeable = accepted.charge().isEmpty() || charge.isPresent();
        boolean activates = key.predecessor().isPresent() && !key.confirmed();
        boolean limitable = counted || accepted.rateLimits().isUnlimited();
        // A key that was read before its owner may be older than the owner.
        return chargeable && !activates && limitable && !keyLookup.isReadEarly(key.id())
                ? Optional.of(new SubsequentUse(
                        uses,
                        key.id(),
                        request.api(realm),
                        request.address(),
                        counted,
                        limiter.handle(accepted.rateLimits(), key),
                        charge))
                : Optional.empty();
    }
}
