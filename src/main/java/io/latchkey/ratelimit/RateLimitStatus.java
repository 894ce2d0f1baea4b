package io.latchkey.ratelimit;

import io.latchkey.policy.RateLimit;
import io.latchkey.policy.RateLimits;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Holds the status of all rate limits that apply to one call.
 *
 * @param statuses one status for each limit; empty if no limit applies
 */
public record RateLimitStatus(List<BucketStatus> statuses) {

    public static final RateLimitStatus UNLIMITED = new RateLimitStatus(List.of());

    public RateLimitStatus {
        statuses = List.copyOf(statuses);
    }

    /** Lists what a rate limit counts by. */
    public enum LimitScope {
        /** One key and the keys it replaces, so that rotation is no way around the limit. */
        KEY,
        /** All secret keys of an owner, or all publishable ones. */
        OWNER,
        /** Failed keys from one address. */
        ADDRESS;

        /** The name in responses. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Holds the status of one rate limit after a call.
     *
     * @param remaining calls that are allowed at once from now on; never negative
     * @param delay until the next call is allowed; zero if this call was allowed
     * @param recovery until the bucket is full again
     */
    public record BucketStatus(LimitScope scope, RateLimit limit, long remaining, Duration delay, Duration recovery) {

        public boolean isAllowed() {
            return delay.isZero();
        }
    }

    /** Whether no limit applies. */
    public boolean isUnlimited() {
        return statuses.isEmpty();
    }

    /** The limits that apply. */
    RateLimits limits() {
        return new RateLimits(limit(LimitScope.KEY), limit(LimitScope.OWNER));
    }

    private Optional<RateLimit> limit(LimitScope scope) {
        return statuses.stream()
                .filter(status -> status.scope() == scope)
                .map(BucketStatus::limit)
                .findFirst();
    }

    public boolean isAllowed() {
        return statuses.stream().allMatch(BucketStatus::isAllowed);
    }

    /** How long until every limit allows a call; zero if each allowed this one. */
    public Duration retryAfter() {
        return statuses.stream()
                .map(BucketStatus::delay)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }
}
