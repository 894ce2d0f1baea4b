package io.latchkey.ratelimit;

import io.latchkey.policy.RateLimit;
import java.time.Duration;

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
