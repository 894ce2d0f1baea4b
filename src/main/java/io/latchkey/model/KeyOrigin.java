package io.latchkey.model;

import io.latchkey.key.KeyId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a key comes from.
 *
 * @param createdBy id of the person who made it
 * @param family shared by a key and all that replaced it; also the id of the family's entry among the credentials of a user
 * @param predecessor the key it replaces
 */
public record KeyOrigin(Instant createdAt, String createdBy, String family, Optional<KeyId> predecessor) {

    public KeyOrigin {
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(family, "family");
    }
}
