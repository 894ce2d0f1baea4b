package io.latchkey.credits;

import java.time.Duration;
import java.time.Instant;

/** How much a node borrows at once: about what it spends in some seconds. Twice as much when that was used up sooner. */
final class LeaseSize {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATE = Duration.ofSeconds(4);
    private static final int CALLS = 10;
    private static final long BOUND = Long.MAX_VALUE / 4;

    private long size;
    private Instant borrowed = Instant.EPOCH;

    /** The next amount, after so long with the one before. */
    long next(long cost, Instant now) {
        Duration lasted = Duration.between(borrowed, now);
        if (lasted.compareTo(SOON) < 0) {
            size = Math.min(BOUND, size * 2);
        } else if (lasted.compareTo(LATE) > 0) {
            size /= 2;
        }
        borrowed = now;
        size = Math.max(size, Math.min(BOUND / CALLS, cost) * CALLS);
        return size;
    }

    long current() {
        return size;
    }
}
