package io.latchkey.model.jpa;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.UserCache;
import org.keycloak.storage.UserStorageUtil;

/** Makes every node forget an owner, and with it the keys remembered beside it, when the transaction ends. */
final class OwnerCacheEviction {

    private final KeycloakSession session;

    OwnerCacheEviction(KeycloakSession session) {
        this.session = session;
    }

    void of(String realmId, String ownerId) {
        UserCache cache = UserStorageUtil.userCache(session);
        RealmModel realm = cache == null ? null : session.realms().getRealm(realmId);
        UserModel owner = realm == null ? null : session.users().getUserById(realm, ownerId);
        if (owner != null) {
            cache.evict(realm, owner);
        }
    }
}
