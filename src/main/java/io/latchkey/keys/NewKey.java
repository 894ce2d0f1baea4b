package io.latchkey.keys;

import io.latchkey.key.KeyKind;
import io.latchkey.model.MergePatchValue;
import java.time.Instant;
import java.util.Optional;

/**
 * Describes a key to be created.
 *
 * @param expiresAt when it ends: absent = after the policy's default lifetime, null = never
 */
public record NewKey(
        String name,
        Optional<String> description,
        KeyKind kind,
        boolean enabled,
        MergePatchValue<Instant> expiresAt,
        RestrictionChange restrictions) {}
