package io.latchkey.credits.ledger;

import io.latchkey.events.EndpointEvents;
import org.jboss.logging.Logger;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Reports written-off credits of dead nodes, and write-offs that are undone, in the log and as events. */
public final class WriteOffReporter {

    private static final Logger LOG = Logger.getLogger(WriteOffReporter.class);

    /** Error of the event, which has no type of its own. */
    private static final String WRITTEN_OFF = "credits_written_off";

    private static final String WRITE_OFF_UNDONE = "credits_write_off_undone";

    private WriteOffReporter() {}

    static void lost(KeycloakSession session, WriteOff lost) {
        LOG.warnf(
                "A node has not reported for %s: %s credits it had leased for owner %s at API %s in realm %s are written off."
                        + " Top up the allowance to restore them.",
                LedgerRowBalance.LOST_AFTER,
                lost.credits(),
                lost.account().ownerId(),
                lost.account().apiId(),
                lost.account().realmId());
        RealmModel realm = session.realms().getRealm(lost.account().realmId());
        if (realm != null) {
            event(session, realm, lost)
                    .detail(Details.REASON, "a node has not reported for a minute")
                    .error(WRITTEN_OFF);
        }
    }

    /** Called after the ledger's transaction has committed. */
    public static void undone(KeycloakSessionFactory sessions, WriteOff back) {
        LOG.warnf(
                "A node reports again, and restores %s written-off credits of owner %s at API %s in realm %s."
                        + " If the allowance was topped up for them, they are granted twice.",
                back.credits(),
                back.account().ownerId(),
                back.account().apiId(),
                back.account().realmId());
        try {
            KeycloakModelUtils.runJobInTransaction(sessions, session -> {
                RealmModel realm = session.realms().getRealm(back.account().realmId());
                if (realm != null) {
                    event(session, realm, back)
                            .detail(Details.REASON, "the node reports again")
                            .error(WRITE_OFF_UNDONE);
                }
            });
        } catch (RuntimeException failed) {
            LOG.warn("The event of a restored write-off could not be written", failed);
        }
    }

    private static EventBuilder event(KeycloakSession session, RealmModel realm, WriteOff what) {
        session.getContext().setRealm(realm);
        ClientModel api = realm.getClientById(what.account().apiId());
        return new EventBuilder(realm, session)
                .event(EventType.OAUTH2_EXTENSION_GRANT)
                .client(api == null ? null : api.getClientId())
                .user(what.account().ownerId())
                .detail(EndpointEvents.ENDPOINT, "credits")
                .detail("credits", what.credits().toString())
                .detail("period", what.period());
    }
}
