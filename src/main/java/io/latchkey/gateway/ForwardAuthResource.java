package io.latchkey.gateway;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.QueryParam;
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
    public Response decide(@QueryParam("audience") List<String> audience) {
        if (audience.size() > 1) {
            return new Passage.Forbidden("More than one audience was asked for.").toResponse();
        }
        return new ForwardAuth(session, audience.stream().findFirst()).decide().toResponse();
    }
}
