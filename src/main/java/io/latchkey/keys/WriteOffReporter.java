package io.latchkey.keys;

import io.latchkey.events.CreditEvents;
import io.latchkey.model.LedgerEntry;
import io.latchkey.model.WriteOff;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Says in log and events what nodes have taken along that are not heard of any more, and that they are back with it. */
public final class WriteOffReporter {

    private static final Logger LOG = Logger.getLogger(WriteOffReporter.class);

    private WriteOffReporter() {}

    static void lost(KeycloakSession session, WriteOff lost) {
        LOG.warnf(
                "A node was not heard of for %s: %s credits it had borrowed for owner %s at API %s in realm %s are written off."
                        + " Top up the allowance if the owner shall have them back.",
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

    /** What the ledger says must be on record already. */
    public static void undone(KeycloakSessionFactory sessions, WriteOff back) {
        LOG.warnf(
                "A node that was not heard of is back, and with it %s credits that were written off for owner %s at API %s in realm %s."
                        + " Whoever has topped up the allowance for them has granted them twice.",
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
            LOG.warn("There is no event of it", failed);
        }
    }
}
