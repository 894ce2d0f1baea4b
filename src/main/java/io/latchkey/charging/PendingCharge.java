package io.latchkey.charging;

import io.latchkey.key.KeyId;
import java.util.Optional;
import org.keycloak.models.UserModel;

/** Charges the owner the price of one call, after every other check has passed. */
@FunctionalInterface
public interface PendingCharge {

    /** @param key that the call is made with; empty for a call with a token */
    Charge charge(UserModel owner, Optional<KeyId> key);
}
