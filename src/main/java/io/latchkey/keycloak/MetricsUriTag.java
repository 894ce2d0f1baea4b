package io.latchkey.keycloak;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;

/**
 * Holds the path label of a request in Keycloak's HTTP metrics, such as {@code /realms/{realm}/...}. Keycloak sets it when
 * it matches a resource, so a cached response must set it itself (Quarkus 3.33: {@code ObservabilityUtil}).
 */
record MetricsUriTag(Optional<String> text) {

    private static final String LOCAL = "UrlPathTemplate";

    static MetricsUriTag of(ResteasyReactiveRequestContext request) {
        return new MetricsUriTag(context(request).map(context -> context.getLocal(LOCAL)));
    }

    void tell(ResteasyReactiveRequestContext request) {
        text.ifPresent(template -> context(request).ifPresent(context -> context.putLocal(LOCAL, template)));
    }

    private static Optional<Context> context(ResteasyReactiveRequestContext request) {
        return request.unwrap(HttpServerRequest.class) instanceof HttpServerRequestInternal internal
                ? Optional.of(internal.context())
                : Optional.empty();
    }
}
