package io.latchkey;

import io.latchkey.keycloak.ServerFacilities;
import io.latchkey.model.ApiKeyStore;
import io.latchkey.model.Revocation;
import io.latchkey.model.jpa.JpaApiKeyStore;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Logs that a server option disables the provider, and meanwhile revokes keys whose credential a console removes, so that
 * they do not work again when the provider is enabled.
 */
public final class DisabledProvider {

    private static final Logger LOG = Logger.getLogger(DisabledProvider.class);

    private DisabledProvider() {}

    public static boolean isIn(KeycloakSessionFactory factory) {
        return factory.getProviderFactory(ApiKeysProvider.class) == null;
    }

    /** Logs one line if the provider is disabled. */
    public static void report(KeycloakSessionFactory factory) {
        if (isIn(factory)) {
            LOG.errorf(HookStatus.MESSAGE, String.join("; ", HookStatus.PROVIDER_DISABLED.missing()));
        }
    }

    /** Revokes the keys of a family in the transaction of the session. */
    public static void revokeFamily(KeycloakSession session, String realmId, String ownerId, String family) {
        ApiKeyStore keys = new JpaApiKeyStore(session);
        keys.lockOwner(realmId, ownerId);
        Instant now = ServerFacilities.clock().instant();
        keys.family(realmId, family).stream()
                .filter(key ->
                        key.owner().id().equals(ownerId) && key.revocation().isEmpty())
                .forEach(key -> keys.save(key.revoked(new Revocation(now, Revocation.Reason.CREDENTIAL_REMOVED))));
    }
}
