package io.latchkey.ratelimit;

import io.latchkey.policy.RateLimit;
import io.latchkey.policy.RateLimits;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How one call stands with the limits that apply to it.
 *
 * @param readings one for each of them; none where nothing is limited
 */
public record RateLimitStatus(List<BucketStatus> readings) {

    public static final RateLimitStatus UNLIMITED = new RateLimitStatus(List.of());

    public RateLimitStatus {
        readings = List.copyOf(readings);
    }

    /** Whether no limit applies. */
    public boolean isUnlimited() {
        return readings.isEmpty();
    }

    /** The limits that apply. */
    RateLimits limits() {
        return new RateLimits(limit(LimitScope.KEY), limit(LimitScope.OWNER));
    }

    private Optional<RateLimit> limit(LimitScope quota) {
        return readings.stream()
                .filter(reading -> reading.quota() == quota)
                .map(BucketStatus::limit)
                .findFirst();
    }

    public boolean isAllowed() {
        // No stream: asked at every call.
        for (BucketStatus reading : readings) {
            if (!reading.isAllowed()) {
                return false;
            }
        }
        return true;
    }

    /** How long to wait until every limit allows a call; zero where it did. */
    public Duration retryAfter() {
        return readings.stream()
                .map(BucketStatus::delay)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }
}
