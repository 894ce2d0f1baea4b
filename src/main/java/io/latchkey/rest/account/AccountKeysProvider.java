package io.latchkey.rest.account;

import io.latchkey.rest.HookGate;
import io.latchkey.rest.QueryParameters;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Puts the self-service under {@code /realms/{realm}/api-keys}. */
public final class AccountKeysProvider implements RealmResourceProviderFactory {

    static final String ID = "api-keys";

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new RealmResourceProvider() {
            @Override
            public Object getResource() {
                HookGate.require(session);
                QueryParameters.check(session);
                return new AccountKeysResource(session);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
        return ID;
    }
}
