package io.latchkey.introspection;

import io.latchkey.keycloak.KeycloakHook;
import io.latchkey.keycloak.SimpleProviderFactory;
import jakarta.ws.rs.core.Response;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;
import org.keycloak.protocol.oidc.TokenIntrospectionProviderFactory;

/**
 * Registers the token type hint {@code api_key}. A hint does not limit the search: any other token is introspected as
 * usual (RFC 7662, section 2.1).
 */
public final class ApiKeyIntrospectionFactory
        implements TokenIntrospectionProviderFactory, KeycloakHook, SimpleProviderFactory<TokenIntrospectionProvider> {

    @Override
    public TokenIntrospectionProvider create(KeycloakSession session) {
        return new TokenIntrospectionProvider() {
            @Override
            public Response introspect(String token, EventBuilder event) {
                return session.getProvider(TokenIntrospectionProvider.class, AccessTokenIntrospectionFactory.ID)
                        .introspect(token, event);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public String getId() {
        return "api_key";
    }
}
