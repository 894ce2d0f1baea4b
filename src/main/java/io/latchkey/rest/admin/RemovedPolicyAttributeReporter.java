package io.latchkey.rest.admin;

import io.latchkey.ApiKeysProvider;
import io.latchkey.keycloak.AdminEvents;
import io.latchkey.policy.RealmPolicy.RemovedAttribute;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.AuthDetails;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Logs a warning and an admin event when a realm update removed policy attributes. Keycloak publishes no event of a
 * removed attribute, but it tells every event listener of the update, even if admin events are not stored (26.7).
 */
final class RemovedPolicyAttributeReporter implements EventListenerProvider {

    private static final Logger LOG = Logger.getLogger(RemovedPolicyAttributeReporter.class);

    private final KeycloakSession session;

    RemovedPolicyAttributeReporter(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {}

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        if (event.getOperationType() == OperationType.UPDATE && event.getResourceType() == ResourceType.REALM) {
            // Nothing is removed before the update is committed; and two updates at once may meet at the record.
            session.getTransactionManager()
                    .enlistAfterCompletion(new Comparison(
                            session.getKeycloakSessionFactory(), event.getRealmId(), event.getAuthDetails()));
        }
    }

    @Override
    public void close() {}

    /** Compares the attributes with the record after the update, in a transaction of its own. */
    private static final class Comparison extends AbstractKeycloakTransaction {

        private final KeycloakSessionFactory sessions;
        private final String realmId;
        private final AuthDetails administrator;

        Comparison(KeycloakSessionFactory sessions, String realmId, AuthDetails administrator) {
            this.sessions = sessions;
            this.realmId = realmId;
            this.administrator = administrator;
        }

        @Override
        protected void commitImpl() {
            try {
                KeycloakModelUtils.runJobInTransaction(sessions, this::compare);
            } catch (RuntimeException failed) {
                LOG.warnf(failed, "Whether the policy of realm %s has lost attributes could not be found out", realmId);
            }
        }

        @Override
        protected void rollbackImpl() {}

        private void compare(KeycloakSession session) {
            RealmModel realm = session.realms().getRealm(realmId);
            if (realm == null) {
                return;
            }
            session.getContext().setRealm(realm);
            List<RemovedAttribute> removed =
                    ApiKeysProvider.policyAttributeRecord(session, realm).update();
            if (!removed.isEmpty()) {
                removed.forEach(gone -> LOG.warnf(
                        "An update of realm %s has removed the attribute %s. %s",
                        realm.getName(), gone.attribute(), gone.effect()));
                publish(session, realm, removed);
            }
        }

        /** As the administrator who has updated the realm. */
        private void publish(KeycloakSession session, RealmModel realm, List<RemovedAttribute> removed) {
            AdminEvents.of(session, realm, administrator)
                    .operation(OperationType.DELETE)
                    .resource(ResourceType.REALM)
                    .resourcePath("api-keys", "policy")
                    .detail(
                            "removed",
                            removed.stream().map(RemovedAttribute::attribute).collect(Collectors.joining(" ")))
                    .representation(Map.of("removed", removed))
                    .success();
        }
    }
}
