package io.latchkey.http;

import io.latchkey.keycloak.PreMatchingRequest;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/**
 * Ignores an {@code Accept} header that cannot be parsed. Keycloak parses it while it builds an error response (26.7:
 * {@code KeycloakErrorHandler} by {@code MediaTypeMatcher.isHtmlRequest}), fails, and answers 500.
 */
@Provider
@PreMatching
@Priority(AcceptFilter.FIRST)
public final class AcceptFilter implements ContainerRequestFilter {

    static final int FIRST = 100;

    private static final String PATH = "/api-keys";

    @Override
    public void filter(ContainerRequestContext request) {
        PreMatchingRequest preMatching = new PreMatchingRequest(request);
        // The cheapest conditions first: this runs for every request of the server.
        if (preMatching.sentPath().contains(PATH)
                && !preMatching.lines(HttpHeaders.ACCEPT).stream().allMatch(AcceptHeader::isReadable)
                && ProblemFilter.isOurs(preMatching.sentPath())) {
            request.getHeaders().remove(HttpHeaders.ACCEPT);
        }
    }
}
