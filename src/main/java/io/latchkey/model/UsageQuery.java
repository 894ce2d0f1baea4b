package io.latchkey.model;

import io.latchkey.key.KeyId;
import java.time.Instant;
import java.util.Optional;

/**
 * Describes which hourly counts a usage report includes: by time, realm, owner, key and API.
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
