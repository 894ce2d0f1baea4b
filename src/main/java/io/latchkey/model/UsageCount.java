package io.latchkey.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Holds counted uses of a key that are not written yet.
 *
 * @param charged for them
 * @param last the latest of them
 * @param address of the caller at that moment
 */
public record UsageCount(
        UsageCounterId usageCounterId, long uses, Credits charged, Instant last, Optional<String> address) {

    /** Both, of the same usageKey. */
    public UsageCount plus(UsageCount other) {
        UsageCount later = other.last.isAfter(last) ? other : this;
        return new UsageCount(
                usageCounterId, uses + other.uses, charged.plus(other.charged), later.last, later.address);
    }
}
