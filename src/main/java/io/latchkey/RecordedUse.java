package io.latchkey;

import io.latchkey.events.OwnerAudit;
import io.latchkey.key.KeyHash;
import io.latchkey.model.ApiKey;
import io.latchkey.verify.KeyRequest;
import io.latchkey.verify.KeyUse;
import io.latchkey.verify.UsedApi;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.keycloak.common.ClientConnection;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Remembers uses for the next write, except a successor's first one, which may end another key and is written at once. */
final class RecordedUse implements KeyUse {

    private static final Logger LOG = Logger.getLogger(RecordedUse.class);

    private final KeycloakSession session;
    private final LatchkeyFactory factory;

    RecordedUse(KeycloakSession session, LatchkeyFactory factory) {
        this.session = session;
        this.factory = factory;
    }

    @Override
    public void record(ApiKey key, Instant at, KeyRequest request) {
        String api = UsedApi.id(session.getContext().getRealm(), request);
        factory.uses().accepted(key.id(), api, at, request.address());
        if (key.predecessor().isPresent() && !key.confirmed()) {
            factory.firstUses().once(key.id(), () -> confirm(key));
        }
    }

    @Override
    public void rehash(ApiKey key, KeyHash newest) {
        factory.rehashes().add(key, newest);
    }

    private void confirm(ApiKey key) {
        RealmModel realm = session.getContext().getRealm();
        ClientConnection connection = session.getContext().getConnection();
        try {
            OwnTransaction.run(
                    session.getKeycloakSessionFactory(), session.getContext(), "First use of an API key", inner -> {
                        RealmModel innerRealm = inner.realms().getRealm(realm.getId());
                        OwnerAudit audit = OwnerAudit.of(inner, innerRealm, connection);
                        Latchkey.of(inner).desk(innerRealm, audit).confirm(key);
                        return null;
                    });
        } catch (RuntimeException failed) {
            // The key itself is good; its next use tries again.
            LOG.warnf(failed, "The first use of API key %s could not be recorded", key.id());
        }
    }
}
