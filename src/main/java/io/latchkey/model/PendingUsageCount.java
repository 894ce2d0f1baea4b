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
public record PendingUsageCount(
        UsageCounterId usageCounterId, long uses, CreditAmount charged, Instant last, Optional<String> address) {

    /** Both, of the same usageKey. */
    public PendingUsageCount plus(PendingUsageCount other) {
        PendingUsageCount later = other.last.isAfter(last) ? other : this;
        return new PendingUsageCount(
                usageCounterId, uses + other.uses, charged.plus(other.charged), later.last, later.address);
    }
}
