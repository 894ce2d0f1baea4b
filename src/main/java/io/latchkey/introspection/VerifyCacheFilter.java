package io.latchkey.introspection;

import io.latchkey.ApiKeysProvider;
import io.latchkey.keycloak.PreMatchingRequest;
import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/**
 * Serves verify requests from the response cache, on the event loop, unless the request has a {@code Cache-Control}
 * header.
 */
@Provider
@PreMatching
@Priority(Priorities.USER + 1)
public final class VerifyCacheFilter implements ContainerRequestFilter {

    private static final List<String> HEADERS = List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.CONTENT_TYPE);

    @Override
    public void filter(ContainerRequestContext request) {
        PreMatchingRequest preMatching = new PreMatchingRequest(request);
        if (preMatching.isFor(HttpMethod.POST, VerifyBodyEarlyReader.PATH)
                && preMatching.hasHeader(HttpHeaders.AUTHORIZATION)
                && !preMatching.hasHeader(HttpHeaders.CACHE_CONTROL)
                // It may prove who the client is by an assertion, which is good once.
                && !preMatching.sendsForm()) {
            preMatching.body().ifPresent(body -> ApiKeysProvider.responseCache().serve(preMatching, HEADERS, body));
        }
    }
}
