package io.latchkey.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import io.github.bucket4j.TimeMeter;
import io.latchkey.model.AddressRange;
import io.latchkey.policy.RateLimit;
import io.latchkey.ratelimit.RateLimitStatus.BucketStatus;
import io.latchkey.ratelimit.RateLimitStatus.LimitScope;
import java.util.List;
import java.util.Optional;

/** Limits rejected keys by the address that sent them, on this node only. Accepted keys are never limited by it. */
public final class FailedKeyLimiter {

    /** Counting does not stop an attacker who has more addresses. */
    static final int MAX_ADDRESSES = 20_000;

    private final Optional<RateLimit> limit;
    private final TimeMeter time;
    private final Cache<TokenBucket.Id, TokenBucket> addresses;

    /** @param limit beyond which the response is to wait; empty for no limit */
    public FailedKeyLimiter(Optional<RateLimit> limit) {
        this(limit, TimeMeter.SYSTEM_NANOTIME);
    }

    FailedKeyLimiter(Optional<RateLimit> limit, TimeMeter time) {
        this.limit = limit;
        this.time = time;
        this.addresses = TokenBucket.cache(MAX_ADDRESSES, time);
    }

    /**
     * Counts one more rejected key. Returns a limit only if it is exceeded.
     *
     * @param address as Keycloak or an API knows it; an unknown one is not counted
     */
    public RateLimitStatus count(Optional<String> address) {
        return limit.flatMap(max -> address.flatMap(AddressRange::subscriber)
                        .map(network -> addresses
                                .get(
                                        new TokenBucket.Id(LimitScope.ADDRESS, network),
                                        missing -> new TokenBucket(missing, max, time))
                                .consume()))
                .filter(status -> !status.isAllowed())
                .map((BucketStatus status) -> new RateLimitStatus(List.of(status)))
                .orElse(RateLimitStatus.UNLIMITED);
    }

    /** How many addresses are counted. */
    long addresses() {
        addresses.cleanUp();
        return addresses.estimatedSize();
    }
}
