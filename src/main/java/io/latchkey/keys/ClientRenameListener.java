package io.latchkey.keys;

import io.latchkey.policy.RealmPolicy;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/** Updates the client ids in the policy when a client is renamed, in the same transaction. */
public final class ClientRenameListener implements ProviderEventListener {

    private static final Logger LOG = Logger.getLogger(ClientRenameListener.class);

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof ClientModel.ClientIdChangeEvent renamed) {
            RealmModel realm = renamed.getUpdatedClient().getRealm();
            // The client id of the event is null where a change leaves it out (26.7).
            String now = renamed.getUpdatedClient().getClientId();
            if (!now.equals(renamed.getPreviousClientId())) {
                rename(realm, renamed.getPreviousClientId(), now);
            }
        }
    }

    private static void rename(RealmModel realm, String before, String now) {
        RealmPolicy policy = RealmPolicy.read(realm::getAttribute);
        if (policy.client().equals(Optional.of(before))) {
            realm.setAttribute(RealmPolicy.CLIENT_ATTRIBUTE, now);
        }
        if (!policy.managementClients().contains(before)) {
            return;
        }
        if (now.matches("\\S+")) {
            realm.setAttribute(
                    RealmPolicy.MANAGEMENT_CLIENTS_ATTRIBUTE,
                    policy.managementClients().stream()
                            .map(clientId -> clientId.equals(before) ? now : clientId)
                            .collect(Collectors.joining(" ")));
        } else {
            // In the list it would be the names of other clients.
            LOG.warnf(
                    "Client %s of realm %s can no longer manage API keys: %s cannot hold its new name, which has a space",
                    before, realm.getName(), RealmPolicy.MANAGEMENT_CLIENTS_ATTRIBUTE);
        }
    }
}
