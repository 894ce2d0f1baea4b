package io.latchkey.keycloak;

import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.handlers.InputHandler;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/**
 * A body that is read on the event loop, before a thread serves the request: most bodies have come with their headers, and a
 * thread that waits for them costs as much as a whole verification of a key (RESTEasy Reactive of 26.7, whose methods that may
 * block read their body only then).
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
