package io.latchkey.credential;

import io.latchkey.ApiKeysProvider;
import io.latchkey.DisabledProvider;
import io.latchkey.events.UserEventAudit;
import io.latchkey.keys.KeyRevocation;
import io.latchkey.model.Revocation;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Revokes the keys whose credential entry was removed in one of Keycloak's own consoles. Keycloak 26.7 does not call the
 * credential provider, but every event listener, in the same transaction and even if events are not stored.
 */
final class CredentialRemovalListener implements EventListenerProvider {

    private static final Logger LOG = Logger.getLogger(CredentialRemovalListener.class);
    private static final Pattern PATH = Pattern.compile("users/([^/]+)/credentials/([^/]+)");

    private final KeycloakSession session;

    CredentialRemovalListener(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        // Our own event of a revocation has an action; its key has ended already.
        if (event.getType() == EventType.REMOVE_CREDENTIAL
                && event.getDetails() != null
                && UserEventAudit.CREDENTIAL_TYPE.equals(event.getDetails().get(Details.CREDENTIAL_TYPE))
                && !event.getDetails().containsKey(UserEventAudit.ACTION)) {
            removed(event.getRealmId(), event.getUserId(), credentialId(event.getDetails()));
        }
    }

    /** The account REST names the credential otherwise than the action of the account console does. */
    private static String credentialId(Map<String, String> details) {
        return details.getOrDefault(Details.CREDENTIAL_ID, details.get(Details.SELECTED_CREDENTIAL_ID));
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        if (event.getOperationType() == OperationType.ACTION && event.getResourceType() == ResourceType.USER) {
            Matcher path = PATH.matcher(event.getResourcePath());
            if (path.matches()) {
                removed(event.getRealmId(), path.group(1), path.group(2));
            }
        }
    }

    private void removed(String realmId, String userId, String credentialId) {
        try {
            revoke(realmId, userId, credentialId);
        } catch (RuntimeException failed) {
            // Keycloak swallows what a listener throws; the entry must not go while its keys stay.
            LOG.errorf(failed, "Keys of credential %s could not be revoked: it is not removed", credentialId);
            session.getTransactionManager().setRollbackOnly();
        }
    }

    private void revoke(String realmId, String userId, String credentialId) {
        RealmModel realm = session.realms().getRealm(realmId);
        UserModel user =
                realm == null || userId == null ? null : session.users().getUserById(realm, userId);
        boolean gone = user != null
                && credentialId != null
                && user.credentialManager().getStoredCredentialById(credentialId) == null;
        if (gone && DisabledProvider.isIn(session.getKeycloakSessionFactory())) {
            DisabledProvider.revokeFamily(session, realmId, userId, credentialId);
        } else if (gone) {
            UserEventAudit audit = UserEventAudit.of(session, realm);
            new KeyRevocation(ApiKeysProvider.of(session).keyContext(realm, audit))
                    .revokeFamily(userId, credentialId, Revocation.Reason.CREDENTIAL_REMOVED);
        }
    }

    @Override
    public void close() {}
}
