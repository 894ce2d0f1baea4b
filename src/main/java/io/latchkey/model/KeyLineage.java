package io.latchkey.model;

import io.latchkey.key.KeyId;
import java.time.Instant;
import java.util.Optional;

/**
 * Records who created a key, with which client, and which key it replaced.
 *
 * @param createdBy id of the person who made it
 * @param client client id of the application whose token made it; empty if it is not known
 * @param family shared by a key and all that replaced it; also the id of the family's entry among the credentials of a user
 * @param familySince when the first key of the family was made, which may be on record no more
 * @param predecessor the key it replaces
 */
public record KeyLineage(
        Instant createdAt,
        String createdBy,
        Optional<String> client,
        String family,
        Instant familySince,
        Optional<KeyId> predecessor) {

    /** The first of its family, created by an unknown client. */
    public KeyLineage(Instant createdAt, String createdBy, String family, Optional<KeyId> predecessor) {
        this(createdAt, createdBy, Optional.empty(), family, createdAt, predecessor);
    }
}
