package io.latchkey.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Selects keys by their end.
 *
 * @param before only living keys that expire before that moment
 * @param after only keys that expire after that moment
 * @param never only keys that have no end
 */
public record ExpiryFilter(Optional<Instant> before, Optional<Instant> after, boolean never) {

    public static final ExpiryFilter NONE = new ExpiryFilter(Optional.empty(), Optional.empty(), false);

    public boolean isGiven() {
        return never || before.isPresent() || after.isPresent();
    }
}
