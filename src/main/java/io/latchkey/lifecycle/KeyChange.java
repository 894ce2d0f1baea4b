package io.latchkey.lifecycle;

import java.time.Instant;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * A change of a key's settings.
 *
 * @param expected whether the version on record is one the caller has seen; otherwise the change is refused
 */
public record KeyChange(
        Edit<String> name,
        Edit<Optional<String>> description,
        Edit<Boolean> enabled,
        Edit<Optional<Instant>> expiresAt,
        RestrictionChange restrictions,
        IntPredicate expected) {}
