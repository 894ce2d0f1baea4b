package io.latchkey.http;

import io.latchkey.keycloak.CheckFailedException;
import io.latchkey.keycloak.DatabaseFailure;
import io.latchkey.keycloak.ThrottledLog;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/**
 * Turns outages (database, executor, disabled provider) into 503 responses, also where Keycloak would turn the exception
 * into a refusal.
 */
public final class Unavailability {

    private static final ThrottledLog LOG = new ThrottledLog(Logger.getLogger(Unavailability.class));

    private static final String ANSWER = "latchkey.outage";

    private Unavailability() {}

    /** The problem for a failure that may be over when the request is sent again; empty for any other failure. */
    public static Optional<Problem> problem(Throwable failure) {
        if (failure instanceof ProviderDisabledException) {
            return Optional.of(ProblemType.HOOK_MISSING.problem());
        }
        Optional<DatabaseFailure> kind = DatabaseFailure.of(failure);
        if (kind.isEmpty()
                && !(failure instanceof CheckFailedException)
                && !(failure instanceof RejectedExecutionException)) {
            return Optional.empty();
        }
        LOG.warn("Requests are answered 503, because the database or something else that they need fails", failure);
        return Optional.of(
                kind.filter(DatabaseFailure.CONFLICT::equals).isPresent()
                        ? ProblemType.BUSY.problem()
                        : ProblemType.UNAVAILABLE.problem());
    }

    /** The answer to a failure that may be over later, also where Keycloak has wrapped one of {@link #guard}. */
    public static Optional<Response> answer(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof WebApplicationException answered
                    && answered.getResponse().getStatus() == Response.Status.SERVICE_UNAVAILABLE.getStatusCode()) {
                return Optional.of(answered.getResponse());
            }
        }
        return problem(failure).map(Problem::toResponse);
    }

    /**
     * Does work of Latchkey where Keycloak takes any exception for a refusal; {@link ErrorResponseFilter} corrects the answer.
     *
     * @return empty where a failure may be over when the request is sent again
     */
    public static <T> Optional<T> guard(KeycloakSession session, Supplier<T> work) {
        try {
            return Optional.of(work.get());
        } catch (RuntimeException failed) {
            Response answer = answer(failed).orElseThrow(() -> failed);
            session.setAttribute(ANSWER, answer);
            return Optional.empty();
        }
    }

    /** What {@link #guard(KeycloakSession, Supplier)} would have the request answered. */
    static Optional<Response> guarded(KeycloakSession session) {
        return Optional.ofNullable(session.getAttribute(ANSWER, Response.class));
    }

    /**
     * Does work of Latchkey inside of one of Keycloak's endpoints, which would answer a failure as it likes.
     *
     * @throws WebApplicationException with the answer, where a failure may be over when the request is sent again
     */
    public static <T> T guard(Supplier<T> work) {
        try {
            return work.get();
        } catch (WebApplicationException answered) {
            throw answered;
        } catch (RuntimeException failed) {
            throw problem(failed)
                    .<RuntimeException>map(problem -> new WebApplicationException(problem.toResponse()))
                    .orElse(failed);
        }
    }
}
