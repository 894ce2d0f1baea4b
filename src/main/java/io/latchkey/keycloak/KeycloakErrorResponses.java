package io.latchkey.keycloak;

import jakarta.ws.rs.core.Response;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.error.KeycloakErrorHandler;

/**
 * Builds the response that Keycloak gives to a failed request (26.7: {@code KeycloakErrorHandler}), and tells which failed
 * requests Latchkey answers itself.
 */
public final class KeycloakErrorResponses {

    private KeycloakErrorResponses() {}

    /** Whether the request of this session is for an endpoint of Latchkey. */
    public static boolean isOurs(KeycloakSession session) {
        return PreMatchingRequest.isForLatchkey(session.getContext().getUri().getPath());
    }

    /** What Keycloak answers to a request that has failed; it also writes it to the log. */
    public static Response answer(KeycloakSession session, Throwable failure) {
        return KeycloakErrorHandler.getResponse(session, failure);
    }
}
