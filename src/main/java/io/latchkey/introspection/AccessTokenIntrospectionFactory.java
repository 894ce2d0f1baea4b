package io.latchkey.introspection;

import io.latchkey.keycloak.KeycloakHook;
import io.latchkey.keycloak.SimpleProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;
import org.keycloak.protocol.oidc.TokenIntrospectionProviderFactory;

/** Replaces Keycloak's introspection provider for access tokens, which Keycloak uses for every token without a hint. */
public final class AccessTokenIntrospectionFactory
        implements TokenIntrospectionProviderFactory, KeycloakHook, SimpleProviderFactory<TokenIntrospectionProvider> {

    static final String ID = "access_token";

    @Override
    public TokenIntrospectionProvider create(KeycloakSession session) {
        return new KeyAwareIntrospection(session);
    }

    @Override
    public String getId() {
        return ID;
    }
}
