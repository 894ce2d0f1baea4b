package io.latchkey.token;

import io.latchkey.keycloak.KeycloakHook;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorFactory;

/** Registers the first post-processor of the server. */
public final class TokenSnapshotPostProcessorFactory implements TokenPostProcessorFactory, KeycloakHook {

    @Override
    public TokenPostProcessor create(KeycloakSession session) {
        return new TokenSnapshotPostProcessor(session);
    }

    @Override
    public String getId() {
        return "latchkey-first";
    }

    /** Keycloak runs the highest order first (26.7: {@code TokenManager.AccessTokenResponseBuilder}). */
    @Override
    public int order() {
        return Integer.MAX_VALUE;
    }
}
