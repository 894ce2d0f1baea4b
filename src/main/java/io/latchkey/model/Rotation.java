package io.latchkey.model;

import io.latchkey.key.KeyId;
import java.time.Instant;
import java.util.Optional;

/**
 * Records the rotation of a key: its successor and the grace period.
 *
 * @param replacedBy the newest successor
 * @param graceUntil until when the old key is still accepted
 * @param endOnFirstUse whether the old key ends as soon as a successor is used
 * @param requestHash hash of the {@code Idempotency-Key} and of what was asked, when the caller sent one
 */
public record Rotation(KeyId replacedBy, Instant graceUntil, boolean endOnFirstUse, Optional<String> requestHash) {

    public Rotation endingBy(Instant moment) {
        return moment.isBefore(graceUntil) ? new Rotation(replacedBy, moment, endOnFirstUse, requestHash) : this;
    }
}
