package io.latchkey.keys;

import io.latchkey.model.UsageStore;
import java.util.function.Function;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/** Removes the usage of keys at an API when its client is removed, in the same transaction. */
public final class UsageRemovalListener implements ProviderEventListener {

    private final Function<KeycloakSession, UsageStore> stores;

    public UsageRemovalListener(Function<KeycloakSession, UsageStore> stores) {
        this.stores = stores;
    }

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof ClientModel.ClientRemovedEvent removed) {
            stores.apply(removed.getKeycloakSession())
                    .removeApi(removed.getClient().getId());
        }
    }
}
