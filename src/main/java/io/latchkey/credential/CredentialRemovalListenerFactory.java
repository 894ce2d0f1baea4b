package io.latchkey.credential;

import io.latchkey.ApiKeysProvider;
import io.latchkey.DisabledProvider;
import io.latchkey.events.KeyUserEvents;
import io.latchkey.keycloak.KeycloakHook;
import io.latchkey.keycloak.SimpleProviderFactory;
import io.latchkey.keys.KeyRevocation;
import io.latchkey.model.Revocation;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.PostMigrationEvent;

/**
 * Registers, for all realms, the listener that revokes the keys of a credential that Keycloak removed, and reports a
 * disabled provider at startup.
 */
public final class CredentialRemovalListenerFactory
        implements EventListenerProviderFactory, KeycloakHook, SimpleProviderFactory<EventListenerProvider> {

    private static final Logger LOG = Logger.getLogger(CredentialRemovalListenerFactory.class);
    private static final Pattern PATH = Pattern.compile("users/([^/]+)/credentials/([^/]+)");

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new CredentialRemovalListener(session);
    }

    /**
     * Revokes keys. Keycloak 26.7 does not call the credential provider of a removed credential, but every event listener,
     * in the same transaction and even if events are not stored.
     */
    private record CredentialRemovalListener(KeycloakSession session) implements EventListenerProvider {

        @Override
        public void onEvent(Event event) {
            Map<String, String> details = event.getDetails();
            // Latchkey's own event of a revocation has an action.
            if (event.getType() == EventType.REMOVE_CREDENTIAL
                    && details != null
                    && KeyUserEvents.CREDENTIAL_TYPE.equals(details.get(Details.CREDENTIAL_TYPE))
                    && !details.containsKey(KeyUserEvents.ACTION)) {
                // The account REST has the one detail, the action of the account console the other.
                String selected = details.get(Details.SELECTED_CREDENTIAL_ID);
                removed(event.getRealmId(), event.getUserId(), details.getOrDefault(Details.CREDENTIAL_ID, selected));
            }
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
                // Keycloak swallows the exception of a listener. Without its keys, the credential must not go either.
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
                new KeyRevocation(ApiKeysProvider.of(session).keyContext(realm, KeyUserEvents.of(session, realm)))
                        .revokeFamily(userId, credentialId, Revocation.Reason.CREDENTIAL_REMOVED);
            }
        }

        @Override
        public void close() {}
    }

    /** Reports a disabled provider, which cannot do so itself. */
    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                DisabledProvider.report(factory);
            }
        });
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public String getId() {
        return "latchkey-credential-removals";
    }
}
