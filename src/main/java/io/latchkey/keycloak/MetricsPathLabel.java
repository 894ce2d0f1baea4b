package io.latchkey.keycloak;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;

/**
 * What Keycloak's metrics call the path of a request, such as {@code /realms/{realm}/...}: known once a resource is chosen, so
 * requests that are answered before have to be told (Quarkus 3.33: {@code ObservabilityUtil}).
 */
record MetricsPathLabel(Optional<String> text) {

    private static final String LOCAL = "UrlPathTemplate";

    static MetricsPathLabel of(ResteasyReactiveRequestContext request) {
        return new MetricsPathLabel(context(request).map(context -> context.getLocal(LOCAL)));
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
