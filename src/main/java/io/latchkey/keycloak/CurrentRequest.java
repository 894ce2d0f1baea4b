package io.latchkey.keycloak;

import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.Urls;
import org.keycloak.services.error.KeycloakErrorHandler;
import org.keycloak.transaction.JtaTransactionManagerLookup;

/**
 * Gives issuer, SSL check, transaction state and error response for the session's current request, as Keycloak 26.7
 * computes them.
 */
public final class CurrentRequest {

    /** Stands for a caller whose address is unknown: an address that is not local (RFC 5737). */
    private static final String REMOTE = "192.0.2.1";

    private CurrentRequest() {}

    /** The issuer of the realm's tokens ({@code Urls}). */
    public static String issuer(KeycloakSession session) {
        return Urls.realmIssuer(
                session.getContext().getUri().getBaseUri(),
                session.getContext().getRealm().getName());
    }

    /** Whether the request satisfies the SSL requirement of its realm ({@code TokenEndpoint.checkSsl}). */
    public static boolean satisfiesSslRequirement(KeycloakSession session) {
        String caller = CallerConnection.of(session).caller().literal().orElse(REMOTE);
        // Keycloak's base URI comes last, because it is expensive.
        return !session.getContext().getRealm().getSslRequired().isRequired(caller)
                || "https".equals(session.getContext().getUri().getBaseUri().getScheme());
    }

    /** Whether the request is for an endpoint of Latchkey. */
    public static boolean isForLatchkey(KeycloakSession session) {
        return PreMatchingRequest.isForLatchkey(session.getContext().getUri().getPath());
    }

    /** Logs a failure and builds Keycloak's response to it ({@code KeycloakErrorHandler}). */
    public static Response errorResponse(KeycloakSession session, Throwable failure) {
        return KeycloakErrorHandler.getResponse(session, failure);
    }

    /**
     * Whether the database failed in the transaction of the request, even if Keycloak swallowed the exception: Hibernate then marks
     * the transaction for rollback. What was read or refused afterwards is unreliable.
     */
    public static boolean hasFailedTransaction(KeycloakSession session) {
        JtaTransactionManagerLookup lookup = session.getProvider(JtaTransactionManagerLookup.class);
        TransactionManager transactions = lookup == null ? null : lookup.getTransactionManager();
        try {
            return transactions != null && transactions.getStatus() == Status.STATUS_MARKED_ROLLBACK;
        } catch (SystemException unknown) {
            throw new CheckFailedException("The state of a transaction cannot be read", unknown);
        }
    }
}
