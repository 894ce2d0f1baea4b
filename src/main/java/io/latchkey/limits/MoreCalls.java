package io.latchkey.limits;

import io.latchkey.policy.RateLimits;

/** Counts more calls that are like one that was allowed, without knowing its key. */
public final class MoreCalls {

    private final RateLimiter limiter;
    private final RateLimits limits;
    private final Caller caller;

    MoreCalls(RateLimiter limiter, RateLimits limits, Caller caller) {
        this.limiter = limiter;
        this.limits = limits;
        this.caller = caller;
    }

    public Standing take() {
        return limits.isNone() ? Standing.UNLIMITED : limiter.take(limits, caller);
    }

    /** Undoes {@link #take}, which said that. */
    public void giveBack(Standing before) {
        limiter.giveBack(before, caller);
    }
}
