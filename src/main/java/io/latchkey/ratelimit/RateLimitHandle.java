package io.latchkey.ratelimit;

import java.util.List;

/** Counts more calls that are like one that was allowed, without looking for its limits again. For seconds at most. */
public final class RateLimitHandle {

    private final RateLimiter limiter;
    private final List<TokenBucket> asked;

    /** @param asked what counts them; none where nothing is limited */
    RateLimitHandle(RateLimiter limiter, List<TokenBucket> asked) {
        this.limiter = limiter;
        this.asked = asked;
    }

    public RateLimitStatus take() {
        return asked.isEmpty() ? RateLimitStatus.UNLIMITED : limiter.take(asked);
    }

    /** Undoes {@link #take}. */
    public void giveBack() {
        limiter.giveBack(asked);
    }
}
