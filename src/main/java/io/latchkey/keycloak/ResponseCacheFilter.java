package io.latchkey.keycloak;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/** Stores a cacheable response with all headers that Keycloak added. The lowest priority of response filters runs last. */
@Provider
@Priority(0)
public final class ResponseCacheFilter implements ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        // All that any other answer pays.
        if (request.getProperty(PendingCacheEntry.PROPERTY) instanceof PendingCacheEntry cacheable
                && cacheable.isCacheable()) {
            Response.ResponseBuilder answer =
                    Response.status(response.getStatus()).entity(response.getEntity());
            response.getHeaders().forEach((name, values) -> values.forEach(value -> answer.header(name, value)));
            cacheable.responded(answer.build(), MetricsUriTag.of(((ResteasyReactiveRequestContext)
                    ((ResteasyReactiveContainerRequestContext) request).getServerRequestContext())));
        }
    }
}
