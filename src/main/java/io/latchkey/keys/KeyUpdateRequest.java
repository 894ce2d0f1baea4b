package io.latchkey.keys;

import io.latchkey.model.MergePatchValue;
import java.time.Instant;
import java.util.function.IntPredicate;

/**
 * Describes a requested change of a key's settings.
 *
 * @param expected whether the version on record is one the caller has seen; otherwise the change is refused
 */
public record KeyUpdateRequest(
        MergePatchValue<String> name,
        MergePatchValue<String> description,
        MergePatchValue<Boolean> enabled,
        MergePatchValue<Instant> expiresAt,
        RestrictionChange restrictions,
        IntPredicate expected) {}
