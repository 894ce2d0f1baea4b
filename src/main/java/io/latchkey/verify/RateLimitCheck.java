package io.latchkey.verify;

import io.latchkey.ratelimit.RateLimitStatus;
import io.latchkey.verify.Verification.Accepted;
import org.keycloak.models.RealmModel;

/** Knows how often the owner of a key may use it. */
@FunctionalInterface
public interface RateLimitCheck {

    /**
     * @param accepted by everything else
     * @param counted whether it is a use, or only somebody asks
     */
    RateLimitStatus measure(RealmModel realm, Accepted accepted, boolean counted);

    /**
     * Undoes what was counted, since the use did not come about. A meter that counts nothing has nothing to do.
     *
     * @param standing as it was measured
     * @return how it stands now
     */
    default RateLimitStatus giveBack(Accepted accepted, RateLimitStatus standing) {
        return standing;
    }
}
