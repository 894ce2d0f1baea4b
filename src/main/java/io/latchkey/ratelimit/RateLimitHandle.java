package io.latchkey.ratelimit;

import java.util.List;

/** Counts further calls against the buckets of an earlier call, without looking them up. Valid for seconds at most. */
public final class RateLimitHandle {

    private final RateLimiter limiter;
    private final List<TokenBucket> affected;

    /** @param affected what counts them; none where nothing is limited */
    RateLimitHandle(RateLimiter limiter, List<TokenBucket> affected) {
        this.limiter = limiter;
        this.affected = affected;
    }

    public RateLimitStatus consume() {
        return affected.isEmpty() ? RateLimitStatus.UNLIMITED : limiter.consume(affected);
    }

    /** Undoes {@link #consume}. */
    public void refund() {
        limiter.refund(affected);
    }
}
