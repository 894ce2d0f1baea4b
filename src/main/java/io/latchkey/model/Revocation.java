package io.latchkey.model;

import java.time.Instant;
import java.util.Objects;

/**
 * Records the end of a key and its reason.
 *
 * @param reason why, for administrators; stored and never changed afterwards
 */
public record Revocation(Instant at, Reason reason) {
    public Revocation {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(reason, "reason");
    }

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
        /** By somebody who held nothing but the key itself. */
        HOLDER,
        /** The last scope or API it was restricted to was removed. */
        RESTRICTION_REMOVED
    }
}
