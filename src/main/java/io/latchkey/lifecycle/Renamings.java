package io.latchkey.lifecycle;

import io.latchkey.policy.RealmPolicy;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/** Keeps the policy's client the same client when its client id changes, in the same transaction. */
public final class Renamings implements ProviderEventListener {

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof ClientModel.ClientIdChangeEvent renamed) {
            RealmModel realm = renamed.getUpdatedClient().getRealm();
            // The event's own word is null where a change leaves the client id out (26.7).
            String now = renamed.getUpdatedClient().getClientId();
            Optional<String> client = RealmPolicy.read(realm::getAttribute).client();
            if (client.equals(Optional.of(renamed.getPreviousClientId())) && !client.equals(Optional.of(now))) {
                realm.setAttribute(RealmPolicy.CLIENT_ATTRIBUTE, now);
            }
        }
    }
}
