package io.latchkey.charging;

import io.latchkey.key.KeyId;
import java.util.Optional;
import org.keycloak.models.UserModel;

/** Holds the price of one call until every other check has passed, then charges it. */
public interface PendingCharge {

    /** @param key that the call is made with; empty for a call with a token */
    ChargeResult charge(UserModel owner, Optional<KeyId> key);

    /** The outcome; empty before the charge. */
    Optional<ChargeResult> result();

    /** Charges further calls of that owner in the same way; empty if this call was not paid or the allowance cannot be read. */
    Optional<SubsequentCallCharge> repeatable(UserModel owner, Optional<KeyId> key);

    /** Settles a call that has succeeded already. If that fails, the result is {@link ChargeResult.Unavailable}. */
    void settle();

    /** Releases the reservation of a call that will not be made. */
    void release();
}
