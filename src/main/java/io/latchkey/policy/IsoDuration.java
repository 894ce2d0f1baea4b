package io.latchkey.policy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.util.Optional;

/** Parses ISO-8601 durations, with calendar units of a fixed length: a year is 365 days and a month is 30. */
final class IsoDuration {
    static final Duration LONGEST = Duration.ofDays(100 * 365);

    private IsoDuration() {}

    /** The duration, if it is one, is positive and is at most {@link #LONGEST}. */
    static Optional<Duration> parse(String text) {
        return clock(text).or(() -> calendar(text)).filter(IsoDuration::inRange);
    }

    static boolean inRange(Duration duration) {
        return duration.compareTo(Duration.ZERO) > 0 && duration.compareTo(LONGEST) <= 0;
    }

    /** As people write it: {@code P90D}, not {@code PT2160H}. */
    static String print(Duration duration) {
        long days = duration.toDays();
        Duration rest = duration.minusDays(days);
        if (days == 0) {
            return rest.toString();
        }
        return "P" + days + "D" + (rest.isZero() ? "" : rest.toString().substring(1));
    }

    private static Optional<Duration> clock(String text) {
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> calendar(String text) {
        try {
            Period period = Period.parse(text);
            return Optional.of(Duration.ofDays(365L * period.getYears() + 30L * period.getMonths() + period.getDays()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
