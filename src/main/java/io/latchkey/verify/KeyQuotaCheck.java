package io.latchkey.verify;

import io.latchkey.model.ApiKey;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Knows whether the owner of a living key has more of them now than the policy and the owner's plans allow. */
@FunctionalInterface
public interface KeyQuotaCheck {

    /** Whether this key is one of those that have to wait. */
    boolean isSuspended(RealmModel realm, ApiKey key, UserModel owner);
}
