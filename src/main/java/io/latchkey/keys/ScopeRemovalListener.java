package io.latchkey.keys;

import io.latchkey.model.ApiKey;
import io.latchkey.model.KeyStatus;
import io.latchkey.model.Restrictions;
import io.latchkey.model.Revocation;
import java.util.List;
import java.util.function.BiFunction;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/**
 * Removes deleted client scopes and clients from the keys that are restricted to them, in the same transaction. A key
 * whose last one went is revoked: a restriction that is gone must not become none.
 */
public final class ScopeRemovalListener implements ProviderEventListener {

    private final BiFunction<KeycloakSession, RealmModel, KeyService> desks;

    public ScopeRemovalListener(BiFunction<KeycloakSession, RealmModel, KeyService> desks) {
        this.desks = desks;
    }

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof ClientScopeModel.ClientScopeRemovedEvent removed) {
            ClientScopeModel scope = removed.getClientScope();
            withdraw(removed.getKeycloakSession(), scope.getRealm(), scope.getId());
        } else if (event instanceof ClientModel.ClientRemovedEvent removed) {
            ClientModel client = removed.getClient();
            withdraw(removed.getKeycloakSession(), client.getRealm(), client.getId());
        }
    }

    private void withdraw(KeycloakSession session, RealmModel realm, String id) {
        KeyService keyService = desks.apply(session, realm);
        for (ApiKey found : keyService.keys.restrictedTo(realm.getId(), id)) {
            KeyUpdate.locked(keyService, found.id()).ifPresent(key -> withdraw(keyService, key, id));
        }
    }

    private static void withdraw(KeyService keyService, ApiKey key, String id) {
        Restrictions now = key.restrictions();
        Restrictions left = new Restrictions(
                without(now.scopes(), id), without(now.audiences(), id), now.addresses(), now.origins());
        boolean lost = left.scopes().isEmpty() != now.scopes().isEmpty()
                || left.audiences().isEmpty() != now.audiences().isEmpty();
        if (!lost) {
            keyService.audit.changed(
                    key, keyService.keys.save(key.withSettings(key.settings().with(left))));
        } else if (key.statusAt(keyService.now()) != KeyStatus.REVOKED) {
            new KeyRevocation(keyService).end(key, Revocation.Reason.RESTRICTION_REMOVED);
        }
    }

    private static List<String> without(List<String> ids, String id) {
        return ids.stream().filter(other -> !other.equals(id)).toList();
    }
}
