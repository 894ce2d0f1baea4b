package io.latchkey.routes;

import io.latchkey.charging.ChargingProvider;
import io.latchkey.forwardauth.EnvoyAuthResource;
import io.latchkey.forwardauth.ForwardAuthResource;
import io.latchkey.http.CorsPreflight;
import io.latchkey.http.UnknownParameterCheck;
import io.latchkey.introspection.VerifyResource;
import io.latchkey.rest.account.AccountKeysResource;
import io.latchkey.rest.self.PresentedKeyResource;
import io.latchkey.rest.self.RevocationResource;
import io.latchkey.rest.ui.ConsoleScriptResource;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.cors.Cors;
import org.keycloak.services.resource.RealmResourceProvider;

/** Maps paths below /realms/{realm}/api-keys to their endpoints, after checking required hooks and query parameters. */
public final class RealmRoutes implements RealmResourceProvider {

    private final KeycloakSession session;

    RealmRoutes(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public Object getResource() {
        MissingHookGuard.check(session);
        UnknownParameterCheck.check(session);
        return this;
    }

    @OPTIONS
    @Path("{any:.*}")
    public Response preflight() {
        return CorsPreflight.authenticated(session, Cors.AUTHORIZATION_HEADER, HttpHeaders.IF_MATCH, "Idempotency-Key");
    }

    @Path("")
    public AccountKeysResource keys() {
        return new AccountKeysResource(session);
    }

    @Path("credits")
    public Object credits() {
        ChargingProvider charging = ChargingProvider.of(session).orElseThrow(NotFoundException::new);
        return charging.accountEndpoint(() -> keys().credits(charging));
    }

    @Path("verify")
    public VerifyResource verify() {
        return new VerifyResource(session);
    }

    @Path("forward-auth")
    public ForwardAuthResource forwardAuth() {
        return new ForwardAuthResource(session);
    }

    @Path("forward-auth/{audience}/{rest:.*}")
    public EnvoyAuthResource prefixedAuth(@PathParam("audience") String audience) {
        return new EnvoyAuthResource(session, audience);
    }

    @Path("self")
    public PresentedKeyResource self() {
        return new PresentedKeyResource(session);
    }

    @Path("revoke")
    public RevocationResource revocation() {
        return new RevocationResource(session);
    }

    @Path("ui")
    public ConsoleScriptResource pages() {
        return new ConsoleScriptResource(session);
    }

    @Override
    public void close() {}
}
