package io.latchkey.model;

import io.latchkey.key.KeyId;
import java.time.Instant;
import java.util.Optional;

/**
 * Which hours of use are asked for: of the keys of a realm, of one owner, or of one key; at any API, or at one.
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
