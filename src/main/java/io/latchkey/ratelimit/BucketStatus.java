package io.latchkey.ratelimit;

import io.latchkey.policy.RateLimit;
import java.time.Duration;

/**
 * What one limit said to one call.
 *
 * @param remaining calls that may come at once from now on; never negative
 * @param delay until there is one again; zero where this call was allowed
 * @param recovery until there is a whole burst again
 */
public record BucketStatus(LimitScope quota, RateLimit limit, long remaining, Duration delay, Duration recovery) {

    public boolean isAllowed() {
        return delay.isZero();
    }
}
