package io.latchkey.credits;

import io.latchkey.key.KeyId;
import java.time.Instant;
import java.util.Optional;

/**
 * A call that credits are set aside for.
 *
 * @param key it was made with, if it was
 */
record OpenCall(Optional<KeyId> key, Instant at, Instant expires) {

    boolean isOverdue(Instant now) {
        return !expires.isAfter(now);
    }
}
