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

    private final BiFunction<KeycloakSession, RealmModel, KeyContext> contexts;

    public ScopeRemovalListener(BiFunction<KeycloakSession, RealmModel, KeyContext> contexts) {
        this.contexts = contexts;
    }

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof ClientScopeModel.ClientScopeRemovedEvent removed) {
            ClientScopeModel scope = removed.getClientScope();
            remove(removed.getKeycloakSession(), scope.getRealm(), scope.getId());
        } else if (event instanceof ClientModel.ClientRemovedEvent removed) {
            ClientModel client = removed.getClient();
            remove(removed.getKeycloakSession(), client.getRealm(), client.getId());
        }
    }

    private void remove(KeycloakSession session, RealmModel realm, String id) {
        KeyContext context = contexts.apply(session, realm);
        for (ApiKey found : context.keys().restrictedTo(realm.getId(), id)) {
            context.lock(found.id()).ifPresent(key -> remove(context, key, id));
        }
    }

    private static void remove(KeyContext context, ApiKey key, String id) {
        Restrictions now = key.restrictions();
        Restrictions left = new Restrictions(
                without(now.scopes(), id), without(now.audiences(), id), now.addresses(), now.origins());
        boolean lost = left.scopes().isEmpty() != now.scopes().isEmpty()
                || left.audiences().isEmpty() != now.audiences().isEmpty();
        if (!lost) {
            context.audit()
                    .changed(
                            key,
                            context.keys().save(key.withSettings(key.settings().with(left))));
        } else if (key.statusAt(context.now()) != KeyStatus.REVOKED) {
            new KeyRevocation(context).end(key, Revocation.Reason.RESTRICTION_REMOVED);
        }
    }

    private static List<String> without(List<String> ids, String id) {
        return ids.stream().filter(other -> !other.equals(id)).toList();
    }
}
