package io.latchkey.keycloak;

import io.quarkus.runtime.BlockingOperationControl;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.quarkus.runtime.integration.resteasy.QuarkusHttpRequest;
import org.keycloak.quarkus.runtime.integration.resteasy.QuarkusHttpResponse;

/**
 * Pauses a request on the event loop before Keycloak processes it, until a worker thread has read the database (26.7:
 * compare {@code QuarkusKeycloakContext} on upgrade). The worker pool and its queue bound the number of paused requests.
 */
public final class PausedRequest {

    private final ResteasyReactiveContainerRequestContext context;
    private final ResteasyReactiveRequestContext request;
    private final Function<Throwable, Optional<Response>> failureResponse;

    /** @param failureResponse to work that fails or finds no thread; where it is empty, Keycloak responds */
    public PausedRequest(ContainerRequestContext context, Function<Throwable, Optional<Response>> failureResponse) {
        this.context = (ResteasyReactiveContainerRequestContext) context;
        this.request = (ResteasyReactiveRequestContext) this.context.getServerRequestContext();
        this.failureResponse = failureResponse;
    }

    /** Runs the work in its own session and transaction. Then resumes the request, or responds if the work has a response. */
    public void until(Function<KeycloakSession, Optional<Response>> work) {
        context.suspend();
        try {
            Infrastructure.getDefaultWorkerPool().execute(() -> run(work));
        } catch (RejectedExecutionException full) {
            fail(full);
        }
    }

    private void run(Function<KeycloakSession, Optional<Response>> work) {
        Optional<Response> response;
        try {
            response = KeycloakModelUtils.runJobInTransactionWithResult(
                    PreMatchingRequest.sessionFactory(), session -> work.apply(prepared(session)));
        } catch (RuntimeException | Error failed) {
            fail(failed);
            return;
        }
        // On this thread, because the pool could reject the resumed request when it is too late for a response.
        response.ifPresentOrElse(context::abortWith, () -> request.resume(this::resume));
    }

    private void resume(Runnable rest) {
        if (BlockingOperationControl.isBlockingAllowed()) {
            rest.run();
            return;
        }
        // The work was done before the event loop had suspended the request.
        try {
            Infrastructure.getDefaultWorkerPool().execute(rest);
        } catch (RejectedExecutionException full) {
            fail(full);
            rest.run();
        }
    }

    private void fail(Throwable failed) {
        failureResponse.apply(failed).ifPresentOrElse(context::abortWith, () -> context.resume(failed));
    }

    private KeycloakSession prepared(KeycloakSession session) {
        session.getContext().setHttpRequest(new QuarkusHttpRequest(request));
        // Headers that are set here are part of the later response.
        session.getContext().setHttpResponse(new QuarkusHttpResponse(request));
        session.getContext().setConnection(new CallerConnection(request.unwrap(HttpServerRequest.class)));
        return session;
    }
}
