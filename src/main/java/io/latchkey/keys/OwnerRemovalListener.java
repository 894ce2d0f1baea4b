package io.latchkey.keys;

import io.latchkey.model.ApiKeyStore;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/**
 * Removes keys with their owner or realm, in the same transaction. Keycloak 26.7 announces every removal of a user
 * beforehand, including a service account with its client, but no users when it removes a whole realm.
 */
public record OwnerRemovalListener(Function<KeycloakSession, ApiKeyStore> stores) implements ProviderEventListener {

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof UserModel.UserPreRemovedEvent removed) {
            stores.apply(removed.getKeycloakSession())
                    .removeOwner(removed.getRealm().getId(), removed.getUser().getId());
        } else if (event instanceof RealmModel.RealmRemovedEvent removed) {
            stores.apply(removed.getKeycloakSession())
                    .removeRealm(removed.getRealm().getId());
        }
    }
}
