package io.latchkey.http;

import io.latchkey.keycloak.PreMatchingRequest;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Refuses requests to Latchkey whose absolute URI is no http or https URI, where Keycloak would fail with 500 (26.7: {@code
 * DPoPUtil}). Scheme and host come from {@code Host} or, where Keycloak trusts the proxy, from headers of the proxy.
 */
@Provider
@PreMatching
@Priority(90)
public final class MalformedUriFilter implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        PreMatchingRequest preMatching = new PreMatchingRequest(request);
        // The cheapest condition first: this runs for every request of the server.
        if (ErrorResponseFilter.isOurs(preMatching.sentPath())
                && preMatching.uri().filter(uri -> !isHttp(uri)).isPresent()) {
            request.abortWith(
                    Problem.badRequest("URI", "must be an http or https URI").toResponse());
        }
    }

    static boolean isHttp(String uri) {
        try {
            URI parsed = new URI(uri);
            return ("http".equalsIgnoreCase(parsed.getScheme()) || "https".equalsIgnoreCase(parsed.getScheme()))
                    && parsed.getRawAuthority() != null;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }
}
