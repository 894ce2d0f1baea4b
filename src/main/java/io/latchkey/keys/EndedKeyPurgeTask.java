package io.latchkey.keys;

import io.latchkey.keycloak.ThrottledLog;
import io.latchkey.model.ApiKey;
import io.latchkey.model.ApiKeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.timer.ScheduledTask;

/** Deletes ended keys after their retention, in small transactions, on one node of the cluster at a time. */
public final class EndedKeyPurgeTask implements ScheduledTask {

    private static final Logger LOG = Logger.getLogger(EndedKeyPurgeTask.class);
    private static final ThrottledLog UNLISTED = new ThrottledLog(LOG, Duration.ofMinutes(1));
    private static final int BATCH = 200;

    private final Function<KeycloakSession, ApiKeyStore> stores;
    private final Clock clock;
    private final Duration retention;

    public EndedKeyPurgeTask(Function<KeycloakSession, ApiKeyStore> stores, Clock clock, Duration retention) {
        this.stores = stores;
        this.clock = clock;
        this.retention = retention;
    }

    @Override
    public void run(KeycloakSession session) {
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        int purged = 0;
        int batch;
        do {
            batch = KeycloakModelUtils.runJobInTransactionWithResult(factory, this::purge);
            purged += batch;
        } while (batch == BATCH);
        if (purged > 0) {
            LOG.debugf("Deleted %d API keys that ended more than %s ago", purged, retention);
        }
    }

    private int purge(KeycloakSession session) {
        ApiKeyStore store = stores.apply(session);
        Instant now = clock.instant();
        List<ApiKey> ended = store.endedBefore(now.minus(retention), BATCH);
        if (!ended.isEmpty()) {
            store.remove(ended.stream().map(ApiKey::id).toList());
        }
        for (ApiKey key : ended) {
            RealmModel realm = session.realms().getRealm(key.realmId());
            if (realm != null) {
                session.getContext().setRealm(realm);
                unlist(new KeyFamilyCredentialSync(session, realm, store), key, now);
            }
        }
        return ended.size();
    }

    /** An entry that stays because a user federation is out of reach harms nobody; it opens nothing. */
    private static void unlist(KeyFamilyCredentialSync listing, ApiKey key, Instant now) {
        try {
            listing.sync(key, now);
        } catch (RuntimeException unreachable) {
            UNLISTED.warn("The entry of API key " + key.id() + " stays among its user's credentials", unreachable);
        }
    }
}
