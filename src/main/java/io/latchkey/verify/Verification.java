package io.latchkey.verify;

import io.latchkey.model.ApiKey;
import java.util.Optional;
import org.keycloak.models.UserModel;

/** The verdict on a presented key. */
public sealed interface Verification {

    /** The key may be used now, as this owner. */
    record Accepted(ApiKey key, UserModel owner) implements Verification {}

    /**
     * The key may not be used.
     *
     * @param key the key whose id was presented, if there is one; for events only
     */
    record Rejected(Reason reason, Optional<ApiKey> key) implements Verification {}

    static Verification rejected(Reason reason) {
        return new Rejected(reason, Optional.empty());
    }

    static Verification rejected(Reason reason, ApiKey key) {
        return new Rejected(reason, Optional.of(key));
    }
}
