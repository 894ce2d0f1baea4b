package io.latchkey.routes;

import io.latchkey.charging.ChargingProvider;
import io.latchkey.rest.admin.AdminKeysResource;
import io.latchkey.rest.admin.AdminPolicyResource;
import io.latchkey.rest.admin.HealthResource;
import io.latchkey.rest.admin.PlansResource;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Maps every path below {@code /admin/realms/{realm}/api-keys} to the endpoint that serves it. */
public final class AdminRoutes {

    private final KeycloakSession session;
    private final AdminPermissionEvaluator auth;
    private final AdminEventBuilder event;

    AdminRoutes(KeycloakSession session, AdminPermissionEvaluator auth, AdminEventBuilder event) {
        this.session = session;
        this.auth = auth;
        this.event = event;
    }

    @Path("")
    public AdminKeysResource keys() {
        return new AdminKeysResource(session, auth, event);
    }

    @Path("policy")
    public AdminPolicyResource policy() {
        return new AdminPolicyResource(session, auth, event);
    }

    @Path("plans")
    public PlansResource plans() {
        return new PlansResource(session, auth, event);
    }

    @Path("health")
    public HealthResource health() {
        return new HealthResource(session, auth);
    }

    @Path("allowances")
    public Object allowances() {
        return charging().allowancesEndpoint(auth, event);
    }

    @Path("prices")
    public Object prices() {
        return charging().pricesEndpoint(auth, event);
    }

    private ChargingProvider charging() {
        return ChargingProvider.of(session).orElseThrow(NotFoundException::new);
    }
}
