package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.it.ApiClient.Answer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts the connections that the shared server takes from its pool for requests. */
final class Connections {

    /** How often each request is sent to be counted. */
    static final int USES = 10;

    private static final Pattern TAKEN =
            Pattern.compile("^agroal_acquire_count_total\\{[^}]*\\} (\\S+)$", Pattern.MULTILINE);
    // The server writes uses every second, in between.
    private static final int TRIES = 100;
    private static final int TRIES_TO_COMPARE = 10;

    private Connections() {}

    static void assertNone(int status, Supplier<Answer> use) {
        assertEquals(0, fewest(TRIES, status, use), "connections taken for " + USES + " uses");
    }

    /** The fewest connections that a number of uses took. */
    static long fewest(int status, Supplier<Answer> use) {
        return fewest(TRIES_TO_COMPARE, status, use);
    }

    private static long fewest(int tries, int status, Supplier<Answer> use) {
        long fewest = Long.MAX_VALUE;
        for (int i = 0; i < tries && fewest > 0; i++) {
            use.get().expect(status);
            long before = taken();
            for (int j = 0; j < USES; j++) {
                assertEquals(status, use.get().status());
            }
            fewest = Math.min(fewest, taken() - before);
        }
        return fewest;
    }

    private static long taken() {
        Matcher matcher = TAKEN.matcher(new ApiClient(LatchkeyServer.management())
                .get("/metrics")
                .expect(200)
                .text());
        assertTrue(matcher.find());
        return (long) Double.parseDouble(matcher.group(1));
    }
}
