package io.latchkey.model;

import java.time.Instant;

/**
 * Records the end of a key and its reason.
 *
 * @param reason why, for administrators; stored and never changed afterwards
 */
public record Revocation(Instant at, Reason reason) {

    /** Why a key was ended. */
    public enum Reason {
        /** By its owner. */
        OWNER,
        /** By an administrator. */
        ADMIN,
        /** Its entry among the credentials was removed in one of Keycloak's own consoles. */
        CREDENTIAL_REMOVED,
        /** A newer key took over. */
        SUPERSEDED,
        /** By the holder of the key, without other authentication. */
        HOLDER,
        /** The last scope or API it was restricted to was removed. */
        RESTRICTION_REMOVED
    }
}
