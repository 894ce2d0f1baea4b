package io.latchkey.forwardauth;

import io.latchkey.ApiKeysProvider;
import io.latchkey.key.PresentedKey;
import io.latchkey.keycloak.PreMatchingRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/** Serves forward-auth requests from the response cache, on the event loop. */
@Provider
@PreMatching
public final class ForwardAuthCacheFilter implements ContainerRequestFilter {

    private static final String PATH = "/api-keys/forward-auth";
    private static final List<String> HEADERS = List.of(PresentedKey.HEADER, "Origin");
    private static final byte[] NO_BODY = {};

    @Override
    public void filter(ContainerRequestContext request) {
        PreMatchingRequest preMatching = new PreMatchingRequest(request);
        // Requests with a token are not cached: Keycloak checks the token.
        if (preMatching.isFor(HttpMethod.GET, PATH)
                && preMatching.hasHeader(PresentedKey.HEADER)
                && !preMatching.hasHeader(HttpHeaders.AUTHORIZATION)) {
            ApiKeysProvider.responseCache().serve(preMatching, HEADERS, NO_BODY);
        }
    }
}
