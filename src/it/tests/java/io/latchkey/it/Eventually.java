package io.latchkey.it;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Repeats a request, with a pause after each, until the server has written what it writes later. */
public final class Eventually {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(40);

    private Eventually() {}

    public static void expect(BooleanSupplier condition) {
        within(LONGEST, condition);
    }

    /** How long it took: the time of the first question with the right answer. */
    public static Duration within(Duration longest, BooleanSupplier condition) {
        Instant start = Instant.now();
        Instant asked = start;
        while (!condition.getAsBoolean()) {
            if (Duration.between(start, asked).compareTo(longest) > 0) {
                throw new AssertionError("Not within " + longest);
            }
            // The processors are shared with the server and with the other JVM of the run.
            LockSupport.parkNanos(PAUSE.toNanos());
            asked = Instant.now();
        }
        return Duration.between(start, asked);
    }
}
