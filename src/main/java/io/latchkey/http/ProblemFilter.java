package io.latchkey.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.util.Optional;
import java.util.regex.Pattern;

/** Turns error responses of the framework under Latchkey's URL trees into problem documents. */
@Provider
public final class ProblemFilter implements ContainerResponseFilter {

    private static final Pattern OURS = Pattern.compile("/realms/[^/]+/api-keys(?:/|$)");
    private static final Annotation[] NONE = {};
    private static final MediaType PROBLEM = MediaType.valueOf(Problem.MEDIA_TYPE);

    static boolean isOurs(String path) {
        return path.contains("/api-keys") && OURS.matcher(path).find();
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() < 400 || PROBLEM.equals(response.getMediaType())) {
            return;
        }
        problem(response.getStatus())
                .filter(problem -> isOurs(request.getUriInfo().getRequestUri().getPath()))
                .ifPresent(problem -> {
                    response.setEntity(problem.toJson().toString(), NONE, PROBLEM);
                    problem.headers().forEach(response.getHeaders()::putSingle);
                });
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
