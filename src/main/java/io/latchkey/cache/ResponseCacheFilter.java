package io.latchkey.cache;

import io.latchkey.cache.ResponseCache.CacheableRequest;
import io.latchkey.cache.ResponseCache.CachedResponse;
import io.latchkey.keycloak.MetricsUriTag;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/** Stores a cacheable response with all headers that Keycloak added. The lowest priority of response filters runs last. */
@Provider
@Priority(0)
public final class ResponseCacheFilter implements ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(CacheableRequest.PROPERTY) instanceof CacheableRequest entry && entry.isCacheable()) {
            Response.ResponseBuilder copy =
                    Response.status(response.getStatus()).entity(response.getEntity());
            response.getHeaders().forEach((name, values) -> values.forEach(value -> copy.header(name, value)));
            entry.put(new CachedResponse(copy.build(), MetricsUriTag.of(request)));
        }
    }
}
