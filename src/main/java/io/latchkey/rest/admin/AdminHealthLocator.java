package io.latchkey.rest.admin;

import jakarta.ws.rs.Path;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Leads to the health report alone, so that it needs no provider. */
public final class AdminHealthLocator {

    private final KeycloakSession session;
    private final AdminPermissionEvaluator auth;

    AdminHealthLocator(KeycloakSession session, AdminPermissionEvaluator auth) {
        this.session = session;
        this.auth = auth;
    }

    @Path("health")
    public HealthResource health() {
        return new HealthResource(session, auth);
    }
}
