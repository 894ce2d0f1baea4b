package io.latchkey.adapter;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.UserStoragePrivateUtil;

/** What Keycloak itself knows of users, without asking a user federation (26.7: {@code UserStoragePrivateUtil}). */
public final class LocalUsers {

    private LocalUsers() {}

    /** Whether the user can still exist: one of Keycloak's own, or one of a federation that is still configured. */
    public static boolean mayExist(KeycloakSession session, RealmModel realm, String userId) {
        StorageId id = new StorageId(userId);
        return id.isLocal()
                ? UserStoragePrivateUtil.userLocalStorage(session).getUserById(realm, userId) != null
                : realm.getComponent(id.getProviderId()) != null;
    }
}
