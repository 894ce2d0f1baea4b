package io.latchkey.it;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Asks the server again until what it writes behind has arrived. Each question is a request, which is pause enough. */
public final class Eventually {

    private static final Duration LONGEST = Duration.ofSeconds(30);

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
            asked = Instant.now();
        }
        return Duration.between(start, asked);
    }
}
