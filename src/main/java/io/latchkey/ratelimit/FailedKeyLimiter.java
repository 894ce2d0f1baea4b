package io.latchkey.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.TimeMeter;
import io.latchkey.model.AddressRange;
import io.latchkey.policy.RateLimit;
import java.util.List;
import java.util.Optional;

/** Limits rejected keys by the address that sent them, on this node only. Accepted keys are never limited by it. */
public final class FailedKeyLimiter {

    // Some 600 bytes each. Whoever has more addresses than that is not stopped by counting them.
    static final int MOST_ADDRESSES = 20_000;

    private final Optional<RateLimit> limit;
    private final TimeMeter time;
    private final Cache<BucketId, TokenBucket> addresses;

    /** @param limit how many are answered as what they are; beyond it, the answer is to wait. Empty for all */
    public FailedKeyLimiter(Optional<RateLimit> limit) {
        this(limit, TimeMeter.SYSTEM_NANOTIME);
    }

    FailedKeyLimiter(Optional<RateLimit> limit, TimeMeter time) {
        this.limit = limit;
        this.time = time;
        this.addresses = Caffeine.newBuilder()
                .maximumSize(MOST_ADDRESSES)
                .ticker(time::currentTimeNanos)
                .expireAfter(new ExpireWhenRefilled())
                .executor(Runnable::run)
                .build();
    }

    /**
     * Counts one more.
     *
     * @param address as Keycloak or an API knows it; what is unknown is not counted
     */
    public RateLimitStatus count(Optional<String> address) {
        Optional<String> network = address.flatMap(AddressRange::subscriber);
        return limit.isEmpty() || network.isEmpty() ? RateLimitStatus.UNLIMITED : count(network.get(), limit.get());
    }

    private RateLimitStatus count(String network, RateLimit most) {
        TokenBucket bucket = addresses.get(
                new BucketId(LimitScope.ADDRESS, network), missing -> new TokenBucket(missing, most, time));
        BucketStatus status = bucket.consume();
        return status.isAllowed() ? RateLimitStatus.UNLIMITED : new RateLimitStatus(List.of(status));
    }

    /** How many addresses are being counted. */
    long addresses() {
        addresses.cleanUp();
        return addresses.estimatedSize();
    }
}
