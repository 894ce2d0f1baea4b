package io.latchkey.verify;

import io.latchkey.model.ApiKey;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Decides whether a key is suspended because its owner has more keys than policy and plans allow. */
@FunctionalInterface
public interface KeysPerOwnerCheck {

    boolean isSuspended(RealmModel realm, ApiKey key, UserModel owner);
}
