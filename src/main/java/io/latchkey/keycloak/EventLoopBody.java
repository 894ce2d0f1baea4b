package io.latchkey.keycloak;

import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.handlers.InputHandler;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/**
 * Reads a request body on the event loop, before a worker thread takes the request.
 *
 * <p>Most bodies arrive together with their headers. In RESTEasy Reactive of Keycloak 26.7, a blocking method reads its
 * body on the worker thread, and that wait costs as much as the verification of a key.
 */
public final class EventLoopBody {

    /** What comes after so many bytes is waited for by the thread, as usual. */
    private static final int MOST = 16 * 1024;

    private static final InputHandler READER = new InputHandler(MOST, Infrastructure::getDefaultWorkerPool);

    private EventLoopBody() {}

    /** Suspends the request until its body is there; for filters that run before a resource is chosen. */
    public static void read(ContainerRequestContext request) {
        try {
            READER.handle((ResteasyReactiveRequestContext)
                    ((ResteasyReactiveContainerRequestContext) request).getServerRequestContext());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (Exception unexpected) {
            throw new IllegalStateException("A body could not be read", unexpected);
        }
    }
}
