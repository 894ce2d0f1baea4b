package io.latchkey.keys;

import io.latchkey.key.KeyId;
import io.latchkey.keycloak.RealmRemoval;
import io.latchkey.model.ApiKey;
import io.latchkey.model.KeyStatus;
import io.latchkey.model.Restrictions;
import io.latchkey.model.Revocation;
import io.latchkey.model.UsageStore;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/**
 * Removes a deleted client scope or client from the keys restricted to it, and a deleted client's usage, in the same
 * transaction. A key whose last scope or client went is revoked: a restriction that is gone must not become none. When a
 * whole realm is removed, its keys and their usage go anyway.
 */
public record ScopeRemovalListener(
        BiFunction<KeycloakSession, RealmModel, KeyContext> contexts, Function<KeycloakSession, UsageStore> usage)
        implements ProviderEventListener {

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof ClientScopeModel.ClientScopeRemovedEvent removed) {
            ClientScopeModel scope = removed.getClientScope();
            remove(removed.getKeycloakSession(), scope.getRealm(), scope.getId());
        } else if (event instanceof ClientModel.ClientRemovedEvent removed) {
            ClientModel client = removed.getClient();
            if (remove(removed.getKeycloakSession(), client.getRealm(), client.getId())) {
                usage.apply(removed.getKeycloakSession()).removeApi(client.getId());
            }
        }
    }

    /** @return false if the whole realm is being removed */
    private boolean remove(KeycloakSession session, RealmModel realm, String target) {
        if (RealmRemoval.isUnderWay(session, realm)) {
            return false;
        }
        KeyContext context = contexts.apply(session, realm);
        for (KeyId id : context.keys().restrictedTo(realm.getId(), target)) {
            context.lock(id).ifPresent(key -> remove(context, key, target));
        }
        return true;
    }

    private static void remove(KeyContext context, ApiKey key, String target) {
        Restrictions now = key.restrictions();
        Restrictions left = new Restrictions(
                without(now.scopes(), target), without(now.audiences(), target), now.addresses(), now.origins());
        boolean lost = left.scopes().isEmpty() != now.scopes().isEmpty()
                || left.audiences().isEmpty() != now.audiences().isEmpty();
        if (!lost) {
            ApiKey saved = context.keys().save(key.withSettings(key.settings().with(left)));
            context.audit().changed(key, saved);
        } else if (key.statusAt(context.now()) != KeyStatus.REVOKED) {
            new KeyRevocation(context).end(key, Revocation.Reason.RESTRICTION_REMOVED);
        }
    }

    private static List<String> without(List<String> ids, String id) {
        return ids.stream().filter(other -> !other.equals(id)).toList();
    }
}
