package io.latchkey.token;

import io.latchkey.keycloak.KeycloakHook;
import io.latchkey.keycloak.SimpleProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.TokenExchangeProvider;
import org.keycloak.protocol.oidc.TokenExchangeProviderFactory;

/** Registers the exchange of keys with Keycloak's token exchange. */
public final class ApiKeyTokenExchangeFactory
        implements TokenExchangeProviderFactory, KeycloakHook, SimpleProviderFactory<TokenExchangeProvider> {

    /** Before Keycloak's own, which is 10 and answers for subject tokens it does not know. */
    private static final int ORDER = 20;

    @Override
    public TokenExchangeProvider create(KeycloakSession session) {
        return new ApiKeyTokenExchange();
    }

    @Override
    public String getId() {
        return "api-key";
    }

    @Override
    public int order() {
        return ORDER;
    }
}
