package io.latchkey.limits;

import java.util.List;

/** Counts more calls that are like one that was allowed, without looking for its limits again. For seconds at most. */
public final class MoreCalls {

    private final RateLimiter limiter;
    private final List<CallBucket> asked;

    /** @param asked what counts them; none where nothing is limited */
    MoreCalls(RateLimiter limiter, List<CallBucket> asked) {
        this.limiter = limiter;
        this.asked = asked;
    }

    public Standing take() {
        return asked.isEmpty() ? Standing.UNLIMITED : limiter.take(asked);
    }

    /** Undoes {@link #take}. */
    public void giveBack() {
        limiter.giveBack(asked);
    }
}
