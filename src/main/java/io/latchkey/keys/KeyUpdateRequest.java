package io.latchkey.keys;

import java.time.Instant;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Describes a requested change of a key's settings.
 *
 * @param expected whether the version on record is one the caller has seen; otherwise the change is refused
 */
public record KeyUpdateRequest(
        FieldUpdate<String> name,
        FieldUpdate<Optional<String>> description,
        FieldUpdate<Boolean> enabled,
        FieldUpdate<Optional<Instant>> expiresAt,
        RestrictionChange restrictions,
        IntPredicate expected) {}
