package io.latchkey.credits.ledger;

import io.latchkey.events.KeyUserEvents;
import io.latchkey.model.CreditAmount;
import org.jboss.logging.Logger;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Reports credits that were written off because the node that had leased them died.
 *
 * @param period label of it
 * @param credits since the previous run
 */
public record LeaseWriteOff(CreditAccount account, String period, CreditAmount credits) {

    private static final Logger LOG = Logger.getLogger(LeaseWriteOff.class);

    /** Reports it in the log and as an event. */
    void report(KeycloakSession session) {
        LOG.warnf(
                "A node has not reported for %s: %s credits it had leased for owner %s at API %s in realm %s are written off."
                        + " Top up the allowance to restore them.",
                LedgerRowBalance.LOST_AFTER, credits, account.ownerId(), account.apiId(), account.realmId());
        writeEvent(session, "a node has not reported for a minute", "credits_written_off");
    }

    /** Reports, after the ledger's transaction has committed, that the node reports again and the write-off is undone. */
    public void reportUndone(KeycloakSessionFactory sessions) {
        LOG.warnf(
                "A node reports again, and restores %s written-off credits of owner %s at API %s in realm %s."
                        + " If the allowance was topped up for them, they are granted twice.",
                credits, account.ownerId(), account.apiId(), account.realmId());
        try {
            KeycloakModelUtils.runJobInTransaction(
                    sessions, session -> writeEvent(session, "the node reports again", "credits_write_off_undone"));
        } catch (RuntimeException failed) {
            LOG.warn("The event of a restored write-off could not be written", failed);
        }
    }

    private void writeEvent(KeycloakSession session, String reason, String error) {
        RealmModel realm = session.realms().getRealm(account.realmId());
        if (realm == null) {
            return;
        }
        session.getContext().setRealm(realm);
        ClientModel api = realm.getClientById(account.apiId());
        new EventBuilder(realm, session)
                // It has no type of its own.
                .event(EventType.OAUTH2_EXTENSION_GRANT)
                .client(api == null ? null : api.getClientId())
                .user(account.ownerId())
                .detail(KeyUserEvents.ENDPOINT, "credits")
                .detail("credits", credits.toString())
                .detail("period", period)
                .detail(Details.REASON, reason)
                .error(error);
    }
}
