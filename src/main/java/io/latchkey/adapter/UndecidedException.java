package io.latchkey.adapter;

import org.keycloak.models.KeycloakSession;

/** Keycloak could not tell whether a client or a token is good, because something has failed. It is not a refusal. */
public final class UndecidedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UndecidedException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Throws where a refusal of Keycloak may be the consequence of a failure that Keycloak has swallowed. */
    static void check(KeycloakSession session) {
        if (RequestTransaction.hasFailed(session)) {
            throw new UndecidedException("A token or client was refused in a transaction that has failed", null);
        }
    }
}
