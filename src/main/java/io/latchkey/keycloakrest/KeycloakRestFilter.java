package io.latchkey.keycloakrest;

import io.latchkey.http.Problem;
import io.latchkey.http.Unavailability;
import io.latchkey.key.PresentedKey;
import io.latchkey.keycloak.PausedRequest;
import io.latchkey.keycloak.PreMatchingRequest;
import io.latchkey.token.KeycloakRestPath;
import io.latchkey.token.KeycloakRestPath.Area;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;

/**
 * Replaces a key by an access token in requests to userinfo, account REST and admin REST. It runs on the event loop before
 * Keycloak matches a resource, because both REST interfaces read the token during the match.
 */
@Provider
@PreMatching
public final class KeycloakRestFilter implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        // All that any other request pays.
        PreMatchingRequest preMatching = new PreMatchingRequest(request);
        if (!preMatching.hasHeader(PresentedKey.HEADER) || preMatching.hasHeader(HttpHeaders.AUTHORIZATION)) {
            return;
        }
        KeycloakRestPath.at(request.getUriInfo().getPath(), preMatching.sentPath())
                .filter(there -> there.area() != Area.FORWARD_AUTH)
                .ifPresent(there -> new PausedRequest(request, KeycloakRestFilter::failure)
                        .until(session -> new KeyAuthentication(session, there, request).authenticate()));
    }

    private static Optional<Response> failure(Throwable failed) {
        return Unavailability.problem(failed).map(Problem::toResponse);
    }
}
