package io.latchkey.gateway;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.keycloak.models.KeycloakSession;

/** What nginx, Caddy, Traefik and others ask with a request of their own, whose address is theirs to choose. */
public final class ForwardAuthResource {

    private final KeycloakSession session;

    public ForwardAuthResource(KeycloakSession session) {
        this.session = session;
    }

    @GET
    public Response get() {
        return decide();
    }

    /** Otherwise answered 200 by the framework, which a gateway that keeps the method would take for consent. */
    @OPTIONS
    public Response options() {
        return decide();
    }

    private Response decide() {
        List<String> audience = session.getContext()
                .getHttpRequest()
                .getUri()
                .getQueryParameters()
                .getOrDefault("audience", List.of());
        if (audience.size() > 1) {
            return new Passage.Forbidden("More than one audience was asked for.").toResponse();
        }
        return new ForwardAuth(session, audience.stream().findFirst()).answer();
    }
}
