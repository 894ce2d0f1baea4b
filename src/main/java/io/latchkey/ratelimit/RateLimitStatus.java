package io.latchkey.ratelimit;

import io.latchkey.policy.RateLimit;
import io.latchkey.policy.RateLimits;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
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
        // No stream: affected at every call.
        for (BucketStatus status : statuses) {
            if (!status.isAllowed()) {
                return false;
            }
        }
        return true;
    }

    /** How long to wait until every limit allows a call; zero where it did. */
    public Duration retryAfter() {
        return statuses.stream()
                .map(BucketStatus::delay)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }
}
