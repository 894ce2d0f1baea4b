package io.latchkey.policy;

import java.util.Optional;

/**
 * Holds two rate limits: one for each key together with those it replaces, one for all keys of an owner.
 *
 * @param key with one key and those it replaces
 * @param owner with all keys of the owner together
 */
public record RateLimits(Optional<RateLimit> key, Optional<RateLimit> owner) {

    public static final RateLimits NONE = new RateLimits(Optional.empty(), Optional.empty());

    private static final String UNLIMITED = "unlimited";

    /** The text of the attribute. */
    public static String text(Optional<RateLimit> limit) {
        return limit.map(RateLimit::toString).orElse(UNLIMITED);
    }

    /** Reads what {@link #text} prints; empty if it is invalid. */
    static Optional<Optional<RateLimit>> parse(String text) {
        return text.equals(UNLIMITED)
                ? Optional.of(Optional.empty())
                : RateLimit.parse(text).map(Optional::of);
    }

    public boolean isNone() {
        return key.isEmpty() && owner.isEmpty();
    }
}
