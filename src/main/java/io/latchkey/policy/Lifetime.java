package io.latchkey.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a key may live.
 *
 * @param limit positive and at most 100 years; empty when it never ends
 */
public record Lifetime(Optional<Duration> limit) {
    public static final Lifetime NEVER = new Lifetime(Optional.empty());

    private static final String NEVER_TEXT = "never";

    public Lifetime {
        if (limit.isPresent() && !IsoDuration.inRange(limit.get())) {
            throw new IllegalArgumentException("A lifetime is positive and at most 100 years");
        }
    }

    public static Lifetime of(Duration limit) {
        return new Lifetime(Optional.of(limit));
    }

    /** Reads {@code never} or an ISO-8601 duration such as {@code P90D}, {@code P1Y} or {@code PT1H}. */
    public static Optional<Lifetime> parse(String text) {
        String stripped = text.strip();
        if (stripped.equals(NEVER_TEXT)) {
            return Optional.of(NEVER);
        }
        return IsoDuration.parse(stripped).map(Lifetime::of);
    }

    public boolean isNever() {
        return limit.isEmpty();
    }

    public boolean isLongerThan(Lifetime other) {
        if (isNever() || other.isNever()) {
            return isNever() && !other.isNever();
        }
        return limit.get().compareTo(other.limit.get()) > 0;
    }

    public Lifetime shorterOf(Lifetime other) {
        return isLongerThan(other) ? other : this;
    }

    public Lifetime longerOf(Lifetime other) {
        return isLongerThan(other) ? this : other;
    }

    /** When a life that starts then ends; empty when it never does. */
    public Optional<Instant> from(Instant start) {
        return limit.map(start::plus);
    }

    @Override
    public String toString() {
        return limit.map(IsoDuration::print).orElse(NEVER_TEXT);
    }
}
