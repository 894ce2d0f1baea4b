package io.latchkey.policy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Represents a rate limit: calls per time window, which become available one by one, and a maximum burst.
 *
 * @param calls that become available in a window, one by one and not all at its end
 * @param burst how many calls may come at once after a time without any
 */
public record RateLimit(int calls, Duration window, int burst) {

    /** The order from the least generous to the most: by calls in the long run, then at once. */
    public static final Comparator<RateLimit> BY_GENEROSITY =
            Comparator.comparingDouble(RateLimit::perSecond).thenComparingInt(RateLimit::burst);

    static final int MOST = 1_000_000;
    static final Duration LONGEST = Duration.ofDays(31);

    private static final Map<String, ChronoUnit> UNITS =
            Map.of("s", ChronoUnit.SECONDS, "min", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS, "d", ChronoUnit.DAYS);
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,7})/([A-Za-z0-9.]+)(?: +burst +([0-9]{1,7}))?");

    public RateLimit {
        if (!isCount(calls) || !isCount(burst) || !isWindow(window)) {
            throw new IllegalArgumentException("A rate limit is out of range");
        }
    }

    /** Reads {@code 10/s}, {@code 600/min}, {@code 1000/PT6H} or {@code 10/s burst 20}. */
    public static Optional<RateLimit> parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int calls = Integer.parseInt(matcher.group(1));
        int burst = matcher.group(3) == null ? calls : Integer.parseInt(matcher.group(3));
        return Optional.ofNullable(UNITS.get(matcher.group(2)))
                .map(ChronoUnit::getDuration)
                .or(() -> KeyLifetime.parseDuration(matcher.group(2)))
                .filter(window -> isCount(calls) && isCount(burst) && isWindow(window))
                .map(window -> new RateLimit(calls, window, burst));
    }

    /** How long it takes until a whole burst is allowed again, without calls in between. */
    public Duration recovery() {
        return recovery(burst);
    }

    /** How long it takes until so many more calls are allowed, without calls in between. */
    public Duration recovery(long missing) {
        return Duration.ofNanos(Math.round((double) window.toNanos() / calls * missing));
    }

    private double perSecond() {
        return (double) calls / window.toSeconds();
    }

    private static boolean isCount(int number) {
        return number >= 1 && number <= MOST;
    }

    private static boolean isWindow(Duration window) {
        return window.compareTo(Duration.ofSeconds(1)) >= 0 && window.compareTo(LONGEST) <= 0 && window.getNano() == 0;
    }

    @Override
    public String toString() {
        String unit = UNITS.keySet().stream()
                .filter(name -> UNITS.get(name).getDuration().equals(window))
                .findFirst()
                .orElse(KeyLifetime.print(window));
        return calls + "/" + unit + (burst == calls ? "" : " burst " + burst);
    }
}
