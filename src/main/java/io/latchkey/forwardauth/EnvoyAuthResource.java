package io.latchkey.forwardauth;

import io.latchkey.charging.MethodAndPath;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakSession;

/**
 * Answers Envoy's authorization requests, which Envoy sends with the caller's own path appended. The query belongs to the
 * caller, so the audience is part of the path, which the caller cannot change.
 */
public final class EnvoyAuthResource {

    private static final String PREFIX = "/forward-auth/";

    private final KeycloakSession session;
    private final String audience;

    public EnvoyAuthResource(KeycloakSession session, String audience) {
        this.session = session;
        this.audience = audience;
    }

    @GET
    public Response get() {
        return decide();
    }

    @POST
    public Response post() {
        return decide();
    }

    @PUT
    public Response put() {
        return decide();
    }

    @PATCH
    public Response patch() {
        return decide();
    }

    @DELETE
    public Response delete() {
        return decide();
    }

    @OPTIONS
    public Response options() {
        return decide();
    }

    private Response decide() {
        // These gateways cannot report how the call ended.
        MethodAndPath call = call();
        PricingOptions price = new PricingOptions(Optional.empty(), () -> call, headers -> call, true, false);
        return new ForwardAuthService(session, Optional.of(audience), price).respond();
    }

    private MethodAndPath call() {
        HttpRequest request = session.getContext().getHttpRequest();
        return MethodAndPath.of(Optional.of(request.getHttpMethod()), Optional.of(sentPath(request)));
    }

    /** The path after the audience, not decoded. */
    private static String sentPath(HttpRequest request) {
        String path = request.getUri().getRequestUri().getRawPath();
        int prefix = path.indexOf(PREFIX) + PREFIX.length();
        int end = path.indexOf('/', prefix);
        return end < 0 ? "" : path.substring(end);
    }
}
