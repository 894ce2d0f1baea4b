package io.latchkey.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Selects keys of a realm. Statuses are those at {@code now}.
 *
 * @param status only this one; when empty, all that were not revoked
 * @param search part of the name (ignoring case), the preview, or four characters or more of the start of the id
 * @param unusedSince only keys not accepted since that moment (never used ones included)
 * @param outOf only living keys that do not meet these bounds
 */
public record KeyQuery(
        String realmId,
        Optional<String> ownerId,
        Optional<KeyStatus> status,
        Optional<String> search,
        Optional<Instant> unusedSince,
        boolean neverUsed,
        ExpiryFilter expiry,
        Optional<KeyBounds> outOf,
        Instant now) {

    public static KeyQuery ofOwner(String realmId, String ownerId, Instant now) {
        return new KeyQuery(
                realmId,
                Optional.of(ownerId),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                ExpiryFilter.NONE,
                Optional.empty(),
                now);
    }
}
