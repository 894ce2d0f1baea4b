package io.latchkey.model.jpa;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.UserCache;
import org.keycloak.storage.UserStorageUtil;

/** Evicts an owner, and the keys attached to it, from the caches of every node when the transaction ends. */
public record OwnerCacheEviction(KeycloakSession session) {

    public void of(String realmId, String ownerId) {
        UserCache cache = UserStorageUtil.userCache(session);
        RealmModel realm = cache == null ? null : session.realms().getRealm(realmId);
        UserModel owner = realm == null ? null : session.users().getUserById(realm, ownerId);
        if (owner != null) {
            cache.evict(realm, owner);
        }
    }
}
