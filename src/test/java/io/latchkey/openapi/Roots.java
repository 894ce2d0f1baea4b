package io.latchkey.openapi;

import io.latchkey.routes.AdminRoutes;
import io.latchkey.routes.RealmRoutes;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/**
 * Names the places of the provider's resources. The scanner cannot see them: Keycloak finds the roots by provider id, and the
 * resources of credits come from the provider of charging.
 * Never called; a class because the scanner passes over interfaces that nobody implements.
 */
@Path("/")
final class Roots {

    @Path("realms/{realm}/api-keys")
    public RealmRoutes account(@PathParam("realm") String realm) {
        throw new UnsupportedOperationException();
    }

    @Path("admin/realms/{realm}/api-keys")
    public AdminRoutes admin(@PathParam("realm") String realm) {
        throw new UnsupportedOperationException();
    }

    @Path("realms/{realm}/api-keys/credits")
    public CreditsEndpoints.Account credits(@PathParam("realm") String realm) {
        throw new UnsupportedOperationException();
    }

    @Path("admin/realms/{realm}/api-keys/allowances")
    public CreditsEndpoints.Allowances allowances(@PathParam("realm") String realm) {
        throw new UnsupportedOperationException();
    }

    @Path("admin/realms/{realm}/api-keys/prices")
    public CreditsEndpoints.Prices prices(@PathParam("realm") String realm) {
        throw new UnsupportedOperationException();
    }
}
