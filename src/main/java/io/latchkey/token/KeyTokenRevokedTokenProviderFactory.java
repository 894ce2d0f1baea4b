package io.latchkey.token;

import io.latchkey.keycloak.KeycloakHook;
import io.latchkey.keycloak.SimpleProviderFactory;
import java.util.Comparator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RevokedTokenProvider;
import org.keycloak.models.RevokedTokenProviderFactory;
import org.keycloak.provider.ProviderFactory;

/** Wraps the revoked-token provider that Keycloak would use (26.7: {@code infinispan}, or {@code jpa} without a cache). */
public final class KeyTokenRevokedTokenProviderFactory
        implements RevokedTokenProviderFactory<RevokedTokenProvider>,
                KeycloakHook,
                SimpleProviderFactory<RevokedTokenProvider> {

    private static final String ID = "latchkey";

    private volatile String keycloaks;

    @Override
    public RevokedTokenProvider create(KeycloakSession session) {
        return new KeyTokenRevokedTokenProvider(session, session.getProvider(RevokedTokenProvider.class, keycloaks));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        keycloaks = factory.getProviderFactoriesStream(RevokedTokenProvider.class)
                .filter(other -> !ID.equals(other.getId()))
                .max(Comparator.comparingInt(ProviderFactory::order))
                .map(ProviderFactory::getId)
                .orElseThrow(() -> new IllegalStateException("Keycloak has no provider of revoked tokens"));
    }

    @Override
    public String getId() {
        return ID;
    }

    /** Above Keycloak's own, whose highest is 1. */
    @Override
    public int order() {
        return 100;
    }
}
