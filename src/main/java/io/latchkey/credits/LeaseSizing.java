package io.latchkey.credits;

import java.time.Duration;
import java.time.Instant;

/**
 * How much a node borrows at once: about what it spends in some seconds. Twice as much when that was used up sooner, which is not
 * the same as asking again sooner: near the end of an allowance a node gets less than it asks for.
 */
final class LeaseSizing {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATE = Duration.ofSeconds(4);
    private static final Duration HASTE = Duration.ofMillis(200);
    private static final int CALLS = 10;
    private static final long BOUND = Long.MAX_VALUE / 4;

    private long size;
    private long spentBefore;
    private Instant since = Instant.EPOCH;
    private Instant asked = Instant.EPOCH;

    /**
     * The next amount.
     *
     * @param spent all that was ever spent or reserved
     */
    long next(long cost, long spent, Instant now) {
        boolean usedUp = spent - spentBefore >= size / 2;
        Duration lasted = Duration.between(since, now);
        if (usedUp && lasted.compareTo(SOON) < 0) {
            size = Math.min(BOUND, size * 2);
        } else if (lasted.compareTo(LATE) > 0) {
            size /= 2;
        }
        if (usedUp || lasted.compareTo(LATE) > 0) {
            spentBefore = spent;
            since = now;
        }
        size = Math.max(size, Math.min(BOUND / CALLS, cost) * CALLS);
        return size;
    }

    /** As it was before, somewhere else. */
    void begin(long before, Instant now) {
        size = before;
        since = now;
    }

    /** Whether more is needed soon. */
    boolean isLow(long free) {
        return free < size / 2;
    }

    /** Whether it is time to ask for more; said to one of those who want to know. */
    boolean runsLow(long free, Instant now) {
        boolean low = isLow(free) && !now.isBefore(asked.plus(HASTE));
        if (low) {
            asked = now;
        }
        return low;
    }

    long current() {
        return size;
    }
}
