package io.latchkey.openapi;

import io.latchkey.rest.account.RealmApiKeysResource;
import io.latchkey.rest.admin.AdminKeysResource;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/**
 * Where Keycloak puts the resources of the provider. The scanner cannot see that, because Keycloak does it by provider id.
 * Never called; a class because the scanner passes over interfaces that nobody implements.
 */
@Path("/")
final class Roots {

    @Path("realms/{realm}/api-keys")
    public RealmApiKeysResource account(@PathParam("realm") String realm) {
        throw new UnsupportedOperationException();
    }

    @Path("admin/realms/{realm}/api-keys")
    public AdminKeysResource admin(@PathParam("realm") String realm) {
        throw new UnsupportedOperationException();
    }
}
