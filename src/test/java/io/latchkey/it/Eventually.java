package io.latchkey.it;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Asks the server again until what it writes behind has arrived. Each question is a request, which is pause enough. */
final class Eventually {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Eventually() {}

    static void expect(BooleanSupplier condition) {
        Instant end = Instant.now().plus(LONGEST);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("Not within " + LONGEST);
            }
        }
    }
}
