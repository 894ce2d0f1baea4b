package io.latchkey.verify;

import io.latchkey.model.ApiKey;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Decides whether a key is suspended because its owner exceeds the key quota of policy and plans. */
@FunctionalInterface
public interface KeyQuotaCheck {

    boolean isSuspended(RealmModel realm, ApiKey key, UserModel owner);
}
