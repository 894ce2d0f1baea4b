package io.latchkey.keycloakrest;

import io.latchkey.http.Problem;
import io.latchkey.http.ProblemType;
import io.latchkey.http.Unavailability;
import io.latchkey.key.PresentedKey;
import io.latchkey.keycloak.PausedRequest;
import io.latchkey.keycloak.PreMatchingRequest;
import io.latchkey.rest.KeyChallenge;
import io.latchkey.token.KeycloakRestPath;
import io.latchkey.token.KeycloakRestPath.Area;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

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
        List<String> keys = request.getHeaders().get(PresentedKey.HEADER);
        KeycloakRestPath.at(request.getUriInfo().getPath(), preMatching.sentPath())
                .filter(there -> there.area() != Area.FORWARD_AUTH)
                .ifPresent(there -> new PausedRequest(request, KeycloakRestFilter::failure)
                        .until(session -> answer(session, request, there, keys)));
    }

    private static Optional<Response> answer(
            KeycloakSession session, ContainerRequestContext request, KeycloakRestPath there, List<String> keys) {
        Optional<String> origin = Optional.ofNullable(request.getHeaderString("Origin"));
        KeyAuthentication.Outcome outcome = new KeyAuthentication(session, there, keys).enter(origin);
        if (outcome instanceof KeyAuthentication.Outcome.SignedIn in) {
            request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, "Bearer " + in.token());
        }
        if (outcome instanceof KeyAuthentication.Outcome.TooSoon later) {
            return Optional.of(KeyChallenge.rateLimited(later.rejected()).toResponse());
        }
        if (outcome instanceof KeyAuthentication.Outcome.Unavailable) {
            return Optional.of(ProblemType.HOOK_MISSING.toResponse());
        }
        return outcome instanceof KeyAuthentication.Outcome.Refused ? Optional.of(unauthorized()) : Optional.empty();
    }

    private static Optional<Response> failure(Throwable failed) {
        return Unavailability.problem(failed).map(Problem::toResponse);
    }

    /** As Keycloak itself answers those who have no token. */
    private static Response unauthorized() {
        return Response.status(Response.Status.UNAUTHORIZED)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .type(MediaType.APPLICATION_JSON)
                .entity("{\"error\":\"HTTP 401 Unauthorized\"}")
                .build();
    }
}
