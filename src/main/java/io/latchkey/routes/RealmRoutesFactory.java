package io.latchkey.routes;

import io.latchkey.keycloak.SimpleProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Registers the resource {@code /realms/{realm}/api-keys}. */
public final class RealmRoutesFactory
        implements RealmResourceProviderFactory, SimpleProviderFactory<RealmResourceProvider> {

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new RealmRoutes(session);
    }

    @Override
    public String getId() {
        return "api-keys";
    }
}
