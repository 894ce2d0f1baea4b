package io.latchkey.http;

import io.latchkey.keycloak.CurrentRequest;
import io.latchkey.keycloak.PreMatchingRequest;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;

/**
 * Replaces error responses at Latchkey's endpoints by problem details, and sends 503 where Keycloak swallowed a database
 * failure.
 *
 * <p>A request gets 503 where Keycloak swallowed a database failure and continued with a refusal or an empty result. The
 * filter runs before Keycloak closes the session (26.7: {@code CloseSessionFilter}): of response filters, the highest
 * priority runs first.
 */
@Provider
@Priority(6000)
public final class ErrorResponseFilter implements ContainerResponseFilter {

    private static final Pattern OURS = Pattern.compile("/realms/[^/]+/api-keys(?:/|$)");
    private static final Annotation[] NONE = {};
    private static final MediaType PROBLEM = MediaType.valueOf(Problem.MEDIA_TYPE);

    @Context
    KeycloakSession session;

    /** Whether a path, as it was sent, is one of Latchkey's endpoints. */
    static boolean isOurs(String path) {
        return path.contains("/api-keys") && OURS.matcher(path).find();
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Optional<Response> unavailable = unavailable(request, response.getStatus());
        unavailable.ifPresent(instead -> {
            response.setStatus(instead.getStatus());
            response.setEntity(instead.getEntity(), NONE, instead.getMediaType());
            instead.getHeaders().forEach((name, values) -> response.getHeaders().put(name, values));
            response.getHeaders().remove(HttpHeaders.WWW_AUTHENTICATE);
        });
        if (unavailable.isEmpty() && response.getStatus() >= 400 && !PROBLEM.equals(response.getMediaType())) {
            problem(response.getStatus())
                    .filter(problem ->
                            isOurs(request.getUriInfo().getRequestUri().getPath()))
                    .ifPresent(problem -> {
                        response.setEntity(problem.toText(), NONE, PROBLEM);
                        problem.headers().forEach(response.getHeaders()::putSingle);
                    });
        }
    }

    private Optional<Response> unavailable(ContainerRequestContext request, int status) {
        if (status >= 500 || !PreMatchingRequest.isOnWorkerThread()) {
            return Optional.empty();
        }
        return (status == 401 ? Unavailability.guarded(session) : Optional.<Response>empty())
                .or(() -> PreMatchingRequest.isForLatchkey(request.getUriInfo().getPath())
                                && CurrentRequest.hasFailedTransaction(session)
                        ? Optional.of(ProblemType.UNAVAILABLE.toResponse())
                        : Optional.empty());
    }

    private static Optional<Problem> problem(int status) {
        return switch (status) {
            case 404 -> Optional.of(ProblemType.NOT_FOUND.problem());
            case 405 -> Optional.of(ProblemType.METHOD_NOT_ALLOWED.problem());
            case 406 -> Optional.of(ProblemType.NOT_ACCEPTABLE.problem());
            case 415 -> Optional.of(Problem.unsupportedMediaType(MediaType.APPLICATION_JSON));
            default -> Optional.empty();
        };
    }
}
