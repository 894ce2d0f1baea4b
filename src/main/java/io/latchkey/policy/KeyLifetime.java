package io.latchkey.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Represents the lifetime of a key.
 *
 * @param limit positive and at most 100 years; empty when it never ends
 */
public record KeyLifetime(Optional<Duration> limit) {
    public static final KeyLifetime NEVER = new KeyLifetime(Optional.empty());

    private static final String NEVER_TEXT = "never";

    public KeyLifetime {
        if (limit.isPresent() && !IsoDuration.inRange(limit.get())) {
            throw new IllegalArgumentException("A lifetime is positive and at most 100 years");
        }
    }

    public static KeyLifetime of(Duration limit) {
        return new KeyLifetime(Optional.of(limit));
    }

    /** Reads {@code never} or an ISO-8601 duration such as {@code P90D}, {@code P1Y} or {@code PT1H}. */
    public static Optional<KeyLifetime> parse(String text) {
        String stripped = text.strip();
        if (stripped.equals(NEVER_TEXT)) {
            return Optional.of(NEVER);
        }
        return IsoDuration.parse(stripped).map(KeyLifetime::of);
    }

    public boolean isNever() {
        return limit.isEmpty();
    }

    public boolean isLongerThan(KeyLifetime other) {
        if (isNever() || other.isNever()) {
            return isNever() && !other.isNever();
        }
        return limit.get().compareTo(other.limit.get()) > 0;
    }

    public KeyLifetime shorterOf(KeyLifetime other) {
        return isLongerThan(other) ? other : this;
    }

    public KeyLifetime longerOf(KeyLifetime other) {
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
