package io.latchkey.model;

import io.latchkey.key.KeyId;
import java.time.Instant;
import java.util.Optional;

/**
 * Selects hours of usage: of a realm, an owner or a key, at one API or all.
 *
 * @param from the first moment; the whole hour it is in counts
 * @param to the moment before which hours have to begin
 */
public record UsageQuery(
        String realmId,
        Optional<String> ownerId,
        Optional<KeyId> key,
        Optional<String> apiId,
        Instant from,
        Instant to) {}
