package io.latchkey.introspection;

import io.latchkey.keycloak.KeycloakHook;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;
import org.keycloak.protocol.oidc.TokenIntrospectionProviderFactory;

/** Replaces Keycloak's introspection provider for access tokens, which Keycloak uses for every token without a hint. */
public final class AccessTokenIntrospectionFactory implements TokenIntrospectionProviderFactory, KeycloakHook {

    static final String ID = "access_token";

    @Override
    public TokenIntrospectionProvider create(KeycloakSession session) {
        return new KeyAwareIntrospection(session);
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
