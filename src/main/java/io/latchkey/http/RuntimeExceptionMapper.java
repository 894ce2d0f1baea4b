package io.latchkey.http;

import io.latchkey.keycloak.CurrentRequest;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/**
 * Maps runtime exceptions at Latchkey's endpoints to problem responses: 503 for an outage, 500 for a rolled-back change.
 * Keycloak maps all other exceptions (26.7: {@code KeycloakErrorHandler}, which maps {@code Throwable}).
 */
@Provider
public final class RuntimeExceptionMapper implements ExceptionMapper<RuntimeException> {

    private static final Logger LOG = Logger.getLogger(RuntimeExceptionMapper.class);

    @Context
    KeycloakSession session;

    @Override
    public Response toResponse(RuntimeException failure) {
        Optional<Problem> problem = CurrentRequest.isForLatchkey(session) ? problem(failure) : Optional.empty();
        if (problem.isEmpty()) {
            return CurrentRequest.errorResponse(session, failure);
        }
        session.getTransactionManager().setRollbackOnly();
        return problem.get().toResponse();
    }

    private static Optional<Problem> problem(RuntimeException failure) {
        if (failure instanceof NotCommittedException undone) {
            LOG.error(undone.getMessage());
            return Optional.of(ProblemType.NOT_COMMITTED.problem());
        }
        return Unavailability.problem(failure);
    }
}
