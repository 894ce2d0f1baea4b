package io.latchkey;

import io.latchkey.events.KeyUserEvents;
import io.latchkey.keycloak.CallerConnection;
import io.latchkey.keycloak.ThrottledLog;
import io.latchkey.keys.KeyRotation;
import io.latchkey.model.ApiKey;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.common.ClientConnection;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Records the first use of a successor key, which may end the replaced key, in a separate transaction. */
final class SuccessorActivation implements Consumer<ApiKey> {

    private static final ThrottledLog LOG = new ThrottledLog(Logger.getLogger(SuccessorActivation.class));

    private final KeycloakSession session;

    SuccessorActivation(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void accept(ApiKey key) {
        RealmModel realm = session.getContext().getRealm();
        ClientConnection connection = CallerConnection.of(session);
        try {
            NewTransaction.run(
                    session.getKeycloakSessionFactory(), session.getContext(), "First use of an API key", inner -> {
                        RealmModel innerRealm = inner.realms().getRealm(realm.getId());
                        KeyUserEvents audit = KeyUserEvents.of(inner, innerRealm, connection);
                        new KeyRotation(ApiKeysProvider.of(inner).keyContext(innerRealm, audit)).complete(key);
                        return TransactionResult.commit(null);
                    });
        } catch (RuntimeException failed) {
            // The key itself is valid; its next use tries again.
            LOG.warn("The first use of API key " + key.id() + " could not be recorded", failed);
        }
    }
}
