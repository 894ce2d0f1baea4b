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
import org.keycloak.services.resources.KeycloakApplication;

/**
 * Pauses a request on the event loop before Keycloak processes it, until a worker thread has read the database (26.7:
 * compare {@code QuarkusKeycloakContext} on upgrade). The worker pool and its queue bound the number of paused requests.
 */
public final class PausedRequest {

    private final ResteasyReactiveContainerRequestContext context;
    private final ResteasyReactiveRequestContext request;
    private final Function<Throwable, Optional<Response>> failure;

    /** @param failure the answer to work that fails or finds no thread; where it has none, Keycloak answers */
    public PausedRequest(ContainerRequestContext context, Function<Throwable, Optional<Response>> failure) {
        this.context = (ResteasyReactiveContainerRequestContext) context;
        this.failure = failure;
        this.request = (ResteasyReactiveRequestContext) this.context.getServerRequestContext();
    }

    /**
     * Does the work in a transaction and a session of its own, and lets the request go on; or answers it, when the work has an
     * answer.
     */
    public void until(Function<KeycloakSession, Optional<Response>> work) {
        context.suspend();
        try {
            Infrastructure.getDefaultWorkerPool().execute(() -> goOn(work));
        } catch (RejectedExecutionException full) {
            end(full);
        }
    }

    private void goOn(Function<KeycloakSession, Optional<Response>> work) {
        Optional<Response> answer;
        try {
            answer = KeycloakModelUtils.runJobInTransactionWithResult(
                    KeycloakApplication.getSessionFactory(), session -> work.apply(prepared(session)));
        } catch (RuntimeException | Error failed) {
            end(failed);
            return;
        }
        if (answer.isPresent()) {
            context.abortWith(answer.get());
        } else {
            // On this thread: another turn in the queue could be refused where nobody would answer the request.
            request.resume(this::goOn);
        }
    }

    private void goOn(Runnable rest) {
        if (BlockingOperationControl.isBlockingAllowed()) {
            rest.run();
            return;
        }
        // The event loop had not let go of the request when the work was done already.
        try {
            Infrastructure.getDefaultWorkerPool().execute(rest);
        } catch (RejectedExecutionException full) {
            end(full);
            rest.run();
        }
    }

    private void end(Throwable failed) {
        failure.apply(failed).ifPresentOrElse(context::abortWith, () -> context.resume(failed));
    }

    private KeycloakSession prepared(KeycloakSession session) {
        QuarkusHttpRequest http = new QuarkusHttpRequest(request);
        session.getContext().setHttpRequest(http);
        // What is set here is there when the request is answered later.
        session.getContext().setHttpResponse(new QuarkusHttpResponse(request));
        session.getContext().setConnection(new TrustedClientConnection(request.unwrap(HttpServerRequest.class)));
        return session;
    }
}
