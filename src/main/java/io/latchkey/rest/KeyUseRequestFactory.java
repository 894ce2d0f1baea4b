package io.latchkey.rest;

import io.latchkey.http.RequestReader;
import io.latchkey.keycloak.CallerConnection;
import io.latchkey.verify.KeyUseRequest;
import org.keycloak.models.KeycloakSession;

/** Builds the KeyUseRequest for a presented key from the current request: the caller's address and the Origin header. */
public final class KeyUseRequestFactory {

    private KeyUseRequestFactory() {}

    /** Any use of a secret key, from the caller's address and the page that the request names as its origin. */
    public static KeyUseRequest of(KeycloakSession session, String presented) {
        return KeyUseRequest.of(
                presented, CallerConnection.of(session).caller(), new RequestReader(session).header("Origin"));
    }
}
