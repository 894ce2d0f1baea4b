package io.latchkey.keys;

import io.latchkey.model.SettingStore;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/** Begins the record of a realm's policy with the realm, imported or new, and ends it with the realm. */
public final class PolicyAttributeRecordListener implements ProviderEventListener {

    private final Function<KeycloakSession, SettingStore> stores;

    public PolicyAttributeRecordListener(Function<KeycloakSession, SettingStore> stores) {
        this.stores = stores;
    }

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
