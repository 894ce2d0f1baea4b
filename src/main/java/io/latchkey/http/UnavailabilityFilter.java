package io.latchkey.http;

import io.latchkey.keycloak.PreMatchingRequest;
import io.latchkey.keycloak.RequestTransaction;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * Answers 503 where Keycloak swallowed a database failure and continued with a refusal or an empty result. Runs before
 * Keycloak closes the session (26.7: {@code CloseSessionFilter}): of response filters, the highest priority runs first.
 */
@Provider
@Priority(6000)
public final class UnavailabilityFilter implements ContainerResponseFilter {

    private static final int SERVER_ERROR = 500;

    @Context
    KeycloakSession session;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() >= SERVER_ERROR || !PreMatchingRequest.isServed()) {
            return;
        }
        Optional<Response> instead = response.getStatus() == Response.Status.UNAUTHORIZED.getStatusCode()
                ? Unavailability.unheard(session)
                : Optional.empty();
        if (instead.isEmpty()
                && PreMatchingRequest.isForLatchkey(request.getUriInfo().getPath())
                && RequestTransaction.hasFailed(session)) {
            instead = Optional.of(ProblemType.UNAVAILABLE.toResponse());
        }
        instead.ifPresent(answer -> {
            response.setStatus(answer.getStatus());
            response.setEntity(answer.getEntity());
            answer.getHeaders().forEach((name, values) -> response.getHeaders().put(name, values));
            response.getHeaders().remove("WWW-Authenticate");
        });
    }
}
