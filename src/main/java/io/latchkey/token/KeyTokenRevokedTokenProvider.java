package io.latchkey.token;

import io.latchkey.ApiKeysProvider;
import io.latchkey.http.Unavailability;
import io.latchkey.keycloak.KeycloakHook;
import io.latchkey.keycloak.SimpleProviderFactory;
import java.util.Comparator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RevokedTokenProvider;
import org.keycloak.models.RevokedTokenProviderFactory;
import org.keycloak.provider.ProviderFactory;

/**
 * Treats a token made from a key as revoked when its key is invalid or not allowed here, or its client exceeds the key's
 * scopes. All other tokens are decided by Keycloak's own provider.
 *
 * @param keycloak the provider that Keycloak would use without Latchkey
 */
public record KeyTokenRevokedTokenProvider(KeycloakSession session, RevokedTokenProvider keycloak)
        implements RevokedTokenProvider {

    @Override
    public boolean put(String id, long lifespanSeconds) {
        boolean first = keycloak.put(id, lifespanSeconds);
        ApiKeysProvider.responseCache().evictAll();
        return first;
    }

    @Override
    public boolean contains(String id) {
        return keycloak.contains(id)
                || KeyTokenId.parse(session, id)
                        .filter(made -> Unavailability.guard(() -> new KeyTokenAccess(session).accepted(made))
                                .isEmpty())
                        .isPresent();
    }

    /** Whether this very token was revoked, whatever became of its key. */
    static boolean isRevokedAlone(KeycloakSession session, String id) {
        RevokedTokenProvider provider = session.getProvider(RevokedTokenProvider.class);
        return (provider instanceof KeyTokenRevokedTokenProvider ours ? ours.keycloak : provider).contains(id);
    }

    @Override
    public void close() {}

    /** Wraps the provider that Keycloak would use (26.7: {@code infinispan}, or {@code jpa} without a cache). */
    public static final class Factory
            implements RevokedTokenProviderFactory<RevokedTokenProvider>,
                    KeycloakHook,
                    SimpleProviderFactory<RevokedTokenProvider> {

        private static final String ID = "latchkey";

        private volatile String keycloaks;

        @Override
        public RevokedTokenProvider create(KeycloakSession session) {
            return new KeyTokenRevokedTokenProvider(
                    session, session.getProvider(RevokedTokenProvider.class, keycloaks));
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
}
