package io.latchkey.token;

import io.latchkey.keycloak.KeycloakHook;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorFactory;

/** Registers the last post-processor of the server (SPI {@code token-interceptor}, since Keycloak 26.6). */
public final class KeyTokenPostProcessorFactory implements TokenPostProcessorFactory, KeycloakHook {

    @Override
    public TokenPostProcessor create(KeycloakSession session) {
        return new KeyTokenPostProcessor(session);
    }

    @Override
    public String getId() {
        return "latchkey-last";
    }

    /** Keycloak runs the highest order first (26.7: {@code TokenManager.AccessTokenResponseBuilder}). */
    @Override
    public int order() {
        return Integer.MIN_VALUE;
    }
}
