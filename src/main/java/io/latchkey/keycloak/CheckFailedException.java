package io.latchkey.keycloak;

import org.keycloak.models.KeycloakSession;

/** Reports that Keycloak could not check a client or a token because of a failure. It is not a refusal. */
public final class CheckFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public CheckFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Throws if a refusal by Keycloak may be the consequence of a failure that Keycloak swallowed. */
    static void throwIfTransactionFailed(KeycloakSession session) {
        if (CurrentRequest.hasFailedTransaction(session)) {
            throw new CheckFailedException("A token or client was refused in a transaction that has failed", null);
        }
    }
}
