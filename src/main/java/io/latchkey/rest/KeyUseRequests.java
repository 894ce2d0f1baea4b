package io.latchkey.rest;

import io.latchkey.http.RequestReader;
import io.latchkey.keycloak.CallerConnection;
import io.latchkey.verify.KeyUseRequest;
import org.keycloak.models.KeycloakSession;

/** Describes uses of a key by the caller of the current request. */
public final class KeyUseRequests {

    private KeyUseRequests() {}

    /** Any use of a secret key, from the caller's address and the page that the request names as its origin. */
    public static KeyUseRequest of(KeycloakSession session, String presented) {
        return KeyUseRequest.of(
                presented, CallerConnection.of(session).caller(), new RequestReader(session).header("Origin"));
    }
}
