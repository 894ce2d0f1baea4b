package io.latchkey.credits.lease;

import java.time.Duration;
import java.time.Instant;

/**
 * Chooses how much a node leases at once: about what it spends in some seconds. The size doubles when the last lease was used
 * up within a second, and halves when it lasted longer than four.
 */
final class LeaseSizing {

    private static final Duration USED_UP_FAST = Duration.ofSeconds(1);
    private static final Duration USED_UP_SLOWLY = Duration.ofSeconds(4);
    private static final Duration REQUEST_INTERVAL = Duration.ofMillis(200);
    private static final int MIN_CALLS = 10;
    private static final long MAX_SIZE = Long.MAX_VALUE / 4;

    private long size;
    private long spentBefore;
    private Instant since = Instant.EPOCH;
    private Instant requested = Instant.EPOCH;

    /**
     * The next amount.
     *
     * @param spent total that was ever spent or reserved
     */
    long next(long cost, long spent, Instant now) {
        boolean usedUp = spent - spentBefore >= size / 2;
        Duration lasted = Duration.between(since, now);
        if (usedUp && lasted.compareTo(USED_UP_FAST) < 0) {
            size = Math.min(MAX_SIZE, size * 2);
        } else if (lasted.compareTo(USED_UP_SLOWLY) > 0) {
            size /= 2;
        }
        if (usedUp || lasted.compareTo(USED_UP_SLOWLY) > 0) {
            spentBefore = spent;
            since = now;
        }
        size = Math.max(size, Math.min(MAX_SIZE / MIN_CALLS, cost) * MIN_CALLS);
        return size;
    }

    /** Whether less than half of the size is free. */
    boolean isLow(long free) {
        return free < size / 2;
    }

    /** Whether to lease more now; true once in 200 ms. */
    boolean runsLow(long free, Instant now) {
        boolean low = isLow(free) && !now.isBefore(requested.plus(REQUEST_INTERVAL));
        if (low) {
            requested = now;
        }
        return low;
    }

    long current() {
        return size;
    }
}
