package io.latchkey.keys;

import io.latchkey.model.ApiKey;
import io.latchkey.model.ApiKeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.timer.ScheduledTask;

/**
 * Ends the sessions of keys that expired or were replaced. No token can be made from such a session any more; the task
 * also removes it from browsers and lists. Runs on one node at a time.
 */
public final class KeySessionPurgeTask implements ScheduledTask {

    private static final int BATCH = 200;

    private final Function<KeycloakSession, ApiKeyStore> stores;
    private final Clock clock;
    private final Duration lookBack;

    /** @param lookBack longer than the time between two runs, so that one that fails costs nothing */
    public KeySessionPurgeTask(Function<KeycloakSession, ApiKeyStore> stores, Clock clock, Duration lookBack) {
        this.stores = stores;
        this.clock = clock;
        this.lookBack = lookBack;
    }

    @Override
    public void run(KeycloakSession session) {
        Instant now = clock.instant();
        int first = 0;
        int seen;
        do {
            int from = first;
            seen = KeycloakModelUtils.runJobInTransactionWithResult(
                    session.getKeycloakSessionFactory(), inner -> endSessions(inner, now, from));
            first += seen;
        } while (seen == BATCH);
    }

    private int endSessions(KeycloakSession session, Instant now, int first) {
        List<ApiKey> ended = stores.apply(session).endedBetween(now.minus(lookBack), now, first, BATCH);
        for (ApiKey key : ended) {
            RealmModel realm = session.realms().getRealm(key.realmId());
            if (realm != null) {
                session.getContext().setRealm(realm);
                OwnerSessions.end(session, realm, key);
            }
        }
        return ended.size();
    }
}
