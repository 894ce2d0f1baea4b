package io.latchkey.keys;

import io.latchkey.key.KeyKind;
import java.time.Instant;
import java.util.Optional;

/**
 * Describes a key to be created.
 *
 * @param expiresAt when it shall end: kept = after the policy's default lifetime, changed to empty = never
 */
public record NewKey(
        String name,
        Optional<String> description,
        KeyKind kind,
        boolean enabled,
        FieldUpdate<Optional<Instant>> expiresAt,
        RestrictionChange restrictions) {}
