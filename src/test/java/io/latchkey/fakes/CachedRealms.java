package io.latchkey.fakes;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.cache.infinispan.RealmCacheManager;
import org.keycloak.models.cache.infinispan.RealmCacheSession;

/** Keycloak's cache of realms as one session sees it, of which only the number of changes so far is asked. */
public final class CachedRealms {

    private CachedRealms() {}

    /** @param revision how many changes there had been when the session began */
    public static RealmCacheSession at(long revision) {
        KeycloakTransactionManager transaction = Stub.of(KeycloakTransactionManager.class)
                .with("enlistPrepare", null)
                .with("enlistAfterCompletion", null)
                .make();
        KeycloakSession session = Stub.of(KeycloakSession.class)
                .with("getProvider", null)
                .with("getTransactionManager", transaction)
                .make();
        return new RealmCacheSession(new Changed(revision), session);
    }

    private static final class Changed extends RealmCacheManager {

        private final long revision;

        Changed(long revision) {
            super(null, null);
            this.revision = revision;
        }

        @Override
        public long getCurrentCounter() {
            return revision;
        }
    }
}
