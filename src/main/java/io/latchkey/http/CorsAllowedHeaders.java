package io.latchkey.http;

import java.util.ArrayList;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.cors.Cors;

/**
 * The headers that pages may send, in the one line of a preflight response. Keycloak's own list cannot be read back from the response
 * (26.7: {@code DefaultCors} sets it, {@code HttpResponse} has no getter), so it is made again from the constant and the server option
 * that {@code DefaultCorsFactory} makes it from.
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
