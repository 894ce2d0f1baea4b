package io.latchkey.http;

import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.cors.Cors;

/**
 * Builds responses to CORS preflight requests.
 *
 * <p>Their one {@code Access-Control-Allow-Headers} line contains Keycloak's own list, which cannot be read back from the
 * response (26.7: {@code DefaultCors} sets it, {@code HttpResponse} has no getter). It is therefore built from the same
 * constant and server option as in {@code DefaultCorsFactory}.
 */
public final class CorsPreflight {

    private CorsPreflight() {}

    /** Allows requests with an access token, and these headers. */
    public static Response authenticated(KeycloakSession session, String... headers) {
        return respond(
                session,
                Cors.builder()
                        .allowedMethods("GET", "POST", "PUT", "PATCH", "DELETE")
                        .auth(),
                headers);
    }

    /** Allows requests without an access token, and these headers. */
    public static Response anonymous(KeycloakSession session, String[] methods, String... headers) {
        return respond(session, Cors.builder().allowedMethods(methods), headers);
    }

    private static Response respond(KeycloakSession session, Cors cors, String... more) {
        Response response = cors.preflight().add(Response.ok());
        List<String> headers = new ArrayList<>(Cors.DEFAULT_ALLOW_HEADERS);
        String[] configured = Config.scope("cors", "default").getArray("allowedHeaders");
        headers.addAll(configured == null ? List.of() : List.of(configured));
        headers.addAll(List.of(more));
        session.getContext()
                .getHttpResponse()
                .setHeader(
                        Cors.ACCESS_CONTROL_ALLOW_HEADERS,
                        String.join(", ", headers.stream().distinct().toList()));
        return response;
    }
}
