package io.latchkey.keycloak;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/**
 * Holds the path label of a request in Keycloak's HTTP metrics, such as {@code /realms/{realm}/...}. Keycloak sets it when
 * it matches a resource, so a cached response must set it itself (Quarkus 3.33: {@code ObservabilityUtil}).
 */
public record MetricsUriTag(Optional<String> text) {

    private static final String LOCAL = "UrlPathTemplate";

    public static MetricsUriTag of(ContainerRequestContext request) {
        return new MetricsUriTag(context((ResteasyReactiveRequestContext)
                        ((ResteasyReactiveContainerRequestContext) request).getServerRequestContext())
                .map(context -> context.getLocal(LOCAL)));
    }

    void set(ResteasyReactiveRequestContext request) {
        text.ifPresent(template -> context(request).ifPresent(context -> context.putLocal(LOCAL, template)));
    }

    private static Optional<Context> context(ResteasyReactiveRequestContext request) {
        return request.unwrap(HttpServerRequest.class) instanceof HttpServerRequestInternal internal
                ? Optional.of(internal.context())
                : Optional.empty();
    }
}
