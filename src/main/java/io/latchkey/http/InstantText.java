package io.latchkey.http;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Formats instants in ISO 8601, as {@link Instant#toString} does. Consecutive responses mostly contain instants of the
 * same seconds, so the latest texts are cached.
 */
public final class InstantText {

    /** The present and the ends of some periods seldom have the same place. */
    private static final int KEPT = 256;

    private static final int LENGTH = "2030-01-01T00:00:00.000Z".length();
    private static final int MILLI = (int) TimeUnit.MILLISECONDS.toNanos(1);

    private static final Second[] PRINTED = new Second[KEPT];

    private InstantText() {}

    public static String of(Instant moment) {
        int nanos = moment.getNano();
        return nanos % MILLI == 0 ? second(moment.getEpochSecond()).text(nanos / MILLI) : moment.toString();
    }

    private static Second second(long moment) {
        // The ends of days are multiples of a high power of two.
        int place = (int) (moment + (moment >>> 7)) & KEPT - 1;
        // Whatever another thread puts there meanwhile is a whole one.
        Second printed = PRINTED[place];
        if (printed == null || printed.moment() != moment) {
            printed = Second.of(moment);
            PRINTED[place] = printed;
        }
        return printed;
    }

    /** @param whole ends with Z, which comes after the milliseconds if there are any */
    private record Second(long moment, String whole) {

        static Second of(long moment) {
            return new Second(moment, Instant.ofEpochSecond(moment).toString());
        }

        String text(int millis) {
            return millis == 0
                    ? whole
                    : new StringBuilder(LENGTH)
                            .append(whole, 0, whole.length() - 1)
                            .append('.')
                            .append((char) ('0' + millis / 100))
                            .append((char) ('0' + millis / 10 % 10))
                            .append((char) ('0' + millis % 10))
                            .append('Z')
                            .toString();
        }
    }
}
