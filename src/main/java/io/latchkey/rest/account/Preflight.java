package io.latchkey.rest.account;

import jakarta.ws.rs.core.Response;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.cors.Cors;

/** What a browser asks before it sends a request of a page from elsewhere. */
final class Preflight {

    private Preflight() {}

    static Response answer(KeycloakSession session) {
        Response answer = Cors.builder()
                .preflight()
                .allowedMethods("GET", "POST", "PUT", "PATCH", "DELETE")
                .auth()
                .add(Response.ok());
        // Keycloak's own list of headers is a server option; ours come on top of it.
        session.getContext()
                .getHttpResponse()
                .addHeader(Cors.ACCESS_CONTROL_ALLOW_HEADERS, "If-Match, Idempotency-Key");
        return answer;
    }
}
