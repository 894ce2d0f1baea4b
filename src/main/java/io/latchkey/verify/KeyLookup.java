package io.latchkey.verify;

import io.latchkey.key.KeyHash;
import io.latchkey.key.KeyId;
import io.latchkey.model.ApiKey;
import java.util.Optional;
import java.util.function.Predicate;
import org.keycloak.models.RealmModel;

/** Finds a key by its id, in one realm only. */
@FunctionalInterface
public interface KeyLookup {

    /** The key may be as old as the node may cache keys, and no older. */
    Optional<ApiKey> find(RealmModel realm, KeyId id);

    /**
     * Finds a key for a caller who presents a secret. An unknown id and a wrong secret cost the same.
     *
     * @param isHeld whether the secret has this hash; costs the same without a hash
     */
    default Optional<ApiKey> find(RealmModel realm, KeyId id, Predicate<Optional<KeyHash>> isHeld) {
        return find(realm, id);
    }
}
