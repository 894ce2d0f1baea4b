package io.latchkey.policy;

import java.util.Optional;

/**
 * How often the keys of one owner may be used; empty for as often as anybody likes.
 *
 * @param key with one key and those it replaces
 * @param owner with all keys of the owner together
 */
public record RateLimits(Optional<RateLimit> key, Optional<RateLimit> owner) {

    public static final RateLimits NONE = new RateLimits(Optional.empty(), Optional.empty());

    public boolean isNone() {
        return key.isEmpty() && owner.isEmpty();
    }
}
