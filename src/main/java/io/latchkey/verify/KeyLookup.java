package io.latchkey.verify;

import io.latchkey.key.KeyId;
import io.latchkey.model.ApiKey;
import java.util.Optional;
import org.keycloak.models.RealmModel;

/** Finds a key by its id, in one realm only. */
@FunctionalInterface
public interface KeyLookup {

    /** The key may be as old as the node may cache keys, and no older. */
    Optional<ApiKey> find(RealmModel realm, KeyId id);
}
