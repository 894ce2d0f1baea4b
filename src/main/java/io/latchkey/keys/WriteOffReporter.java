package io.latchkey.keys;

import io.latchkey.events.CreditEvents;
import io.latchkey.model.LedgerEntry;
import io.latchkey.model.WriteOff;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Reports written-off credits of dead nodes, and write-offs that are undone, in the log and as events. */
public final class WriteOffReporter {

    private static final Logger LOG = Logger.getLogger(WriteOffReporter.class);

    private WriteOffReporter() {}

    static void lost(KeycloakSession session, WriteOff lost) {
        LOG.warnf(
                "A node has not reported for %s: %s credits it had leased for owner %s at API %s in realm %s are written off."
                        + " Top up the allowance to restore them.",
                LedgerEntry.LOST_AFTER,
                lost.credits(),
                lost.account().ownerId(),
                lost.account().apiId(),
                lost.account().realmId());
        RealmModel realm = session.realms().getRealm(lost.account().realmId());
        if (realm != null) {
            CreditEvents.writtenOff(session, realm, lost);
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
                    CreditEvents.undone(session, realm, back);
                }
            });
        } catch (RuntimeException failed) {
            LOG.warn("The event of a restored write-off could not be written", failed);
        }
    }
}
