package io.latchkey.rest.account;

import io.latchkey.http.HookFilter;
import io.latchkey.http.QueryParameters;
import io.latchkey.keycloak.SimpleProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Registers the resource {@code /realms/{realm}/api-keys}. */
public final class RealmApiKeysResourceProvider
        implements RealmResourceProviderFactory, SimpleProviderFactory<RealmResourceProvider> {

    static final String ID = "api-keys";

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new RealmResourceProvider() {
            @Override
            public Object getResource() {
                HookFilter.require(session);
                QueryParameters.check(session);
                return new RealmApiKeysResource(session);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public String getId() {
        return ID;
    }
}
