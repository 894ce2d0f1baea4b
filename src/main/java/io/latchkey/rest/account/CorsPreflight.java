package io.latchkey.rest.account;

import io.latchkey.http.CorsAllowedHeaders;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.cors.Cors;

/** Answers CORS preflight requests. */
final class CorsPreflight {

    private CorsPreflight() {}

    static Response answer(KeycloakSession session) {
        Response answer = Cors.builder()
                .preflight()
                .allowedMethods("GET", "POST", "PUT", "PATCH", "DELETE")
                .auth()
                .add(Response.ok());
        CorsAllowedHeaders.put(session, Cors.AUTHORIZATION_HEADER, HttpHeaders.IF_MATCH, "Idempotency-Key");
        return answer;
    }
}
