package io.latchkey.keys;

import io.latchkey.model.PolicyAttributeRecordStore;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/** Creates the record of policy attributes with a realm, imported or new, and deletes it with the realm. */
public record PolicyAttributeRecordListener(Function<KeycloakSession, PolicyAttributeRecordStore> stores)
        implements ProviderEventListener {

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof RealmModel.RealmPostCreateEvent created) {
            new PolicyAttributeRecord(stores.apply(created.getKeycloakSession()), created.getCreatedRealm()).update();
        } else if (event instanceof RealmModel.RealmRemovedEvent removed) {
            stores.apply(removed.getKeycloakSession())
                    .removeRealm(removed.getRealm().getId());
        }
    }
}
