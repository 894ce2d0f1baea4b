package io.latchkey.policy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Optional;

/**
 * Represents how long a new key is valid: a duration of at most 100 years, or never ending.
 *
 * @param limit positive and at most 100 years; empty when it never ends
 */
public record KeyLifetime(Optional<Duration> limit) implements Comparable<KeyLifetime> {
    public static final KeyLifetime NEVER = new KeyLifetime(Optional.empty());

    private static final Duration LONGEST = Duration.ofDays(100 * 365);
    private static final String NEVER_TEXT = "never";

    public KeyLifetime {
        if (limit.isPresent() && !inRange(limit.get())) {
            throw new IllegalArgumentException("A lifetime is positive and at most 100 years");
        }
    }

    public static KeyLifetime of(Duration limit) {
        return new KeyLifetime(Optional.of(limit));
    }

    /** Reads {@code never} or an ISO-8601 duration such as {@code P90D}, {@code P1Y} or {@code PT1H}. */
    public static Optional<KeyLifetime> parse(String text) {
        String stripped = text.strip();
        return stripped.equals(NEVER_TEXT)
                ? Optional.of(NEVER)
                : parseDuration(stripped).map(KeyLifetime::of);
    }

    /**
     * Reads a positive ISO-8601 duration of at most 100 years. Calendar units have a fixed length: a year is 365 days and a
     * month is 30.
     */
    static Optional<Duration> parseDuration(String text) {
        try {
            return Optional.of(Duration.parse(text)).filter(KeyLifetime::inRange);
        } catch (DateTimeException notClock) {
            try {
                Period period = Period.parse(text);
                long days = 365L * period.getYears() + 30L * period.getMonths() + period.getDays();
                return Optional.of(Duration.ofDays(days)).filter(KeyLifetime::inRange);
            } catch (DateTimeException notCalendar) {
                return Optional.empty();
            }
        }
    }

    /** Prints days as people write them: {@code P90D}, not {@code PT2160H}. */
    static String print(Duration duration) {
        long days = duration.toDays();
        Duration rest = duration.minusDays(days);
        if (days == 0) {
            return rest.toString();
        }
        return "P" + days + "D" + (rest.isZero() ? "" : rest.toString().substring(1));
    }

    private static boolean inRange(Duration duration) {
        return duration.compareTo(Duration.ZERO) > 0 && duration.compareTo(LONGEST) <= 0;
    }

    /** The shorter lifetime is less. */
    @Override
    public int compareTo(KeyLifetime other) {
        return limit.orElse(LONGEST.plusDays(1)).compareTo(other.limit.orElse(LONGEST.plusDays(1)));
    }

    public boolean isLongerThan(KeyLifetime other) {
        return compareTo(other) > 0;
    }

    public KeyLifetime shorterOf(KeyLifetime other) {
        return isLongerThan(other) ? other : this;
    }

    /** When a key that is created at this time ends; empty if it never does. */
    public Optional<Instant> from(Instant start) {
        return limit.map(start::plus);
    }

    @Override
    public String toString() {
        return limit.map(KeyLifetime::print).orElse(NEVER_TEXT);
    }
}
