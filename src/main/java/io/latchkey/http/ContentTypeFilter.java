package io.latchkey.http;

import io.latchkey.keycloak.PreMatchingRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/**
 * Replaces a {@code Content-Type} that cannot be parsed by {@code application/octet-stream}, so that the response is 415.
 * Keycloak parses it for its security headers after the request, and fails with 500 (26.7: {@code
 * DefaultSecurityHeadersProvider}).
 */
@Provider
@PreMatching
public final class ContentTypeFilter implements ContainerRequestFilter {

    private static final String PATH = "/api-keys";

    @Override
    public void filter(ContainerRequestContext request) {
        PreMatchingRequest preMatching = new PreMatchingRequest(request);
        // All that any other request pays.
        if (!preMatching.sentPath().contains(PATH)) {
            return;
        }
        String type = preMatching.first(HttpHeaders.CONTENT_TYPE);
        if (type != null && !MediaType.APPLICATION_JSON.equals(type) && !isReadable(type)) {
            request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_OCTET_STREAM);
        }
    }

    private static boolean isReadable(String type) {
        try {
            return MediaType.valueOf(type) != null;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }
}
