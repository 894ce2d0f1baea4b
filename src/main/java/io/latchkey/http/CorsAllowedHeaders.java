package io.latchkey.http;

import java.util.ArrayList;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.cors.Cors;

/**
 * Writes the one {@code Access-Control-Allow-Headers} line of a preflight response.
 *
 * <p>Keycloak's own list cannot be read back from the response (26.7: {@code DefaultCors} sets it, {@code HttpResponse}
 * has no getter), so this class builds it from the same constant and server option as {@code DefaultCorsFactory}.
 */
public final class CorsAllowedHeaders {

    private CorsAllowedHeaders() {}

    /** Replaces the line of the response to this request. */
    public static void put(KeycloakSession session, String... more) {
        List<String> headers = new ArrayList<>(Cors.DEFAULT_ALLOW_HEADERS);
        String[] configured = Config.scope("cors", "default").getArray("allowedHeaders");
        headers.addAll(configured == null ? List.of() : List.of(configured));
        headers.addAll(List.of(more));
        session.getContext()
                .getHttpResponse()
                .setHeader(
                        Cors.ACCESS_CONTROL_ALLOW_HEADERS,
                        String.join(", ", headers.stream().distinct().toList()));
    }
}
