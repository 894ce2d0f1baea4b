package io.latchkey.verify;

import io.latchkey.ratelimit.RateLimitStatus;
import io.latchkey.verify.Verification.Accepted;
import org.keycloak.models.RealmModel;

/** Counts a use against the rate limits of the key and its owner. */
@FunctionalInterface
public interface RateLimitCheck {

    /**
     * @param accepted by everything else
     * @param counted whether it is a use, or only somebody asks
     */
    RateLimitStatus measure(RealmModel realm, Accepted accepted, boolean counted);

    /**
     * Undoes what was counted, since the use did not come about. A rateLimitCheck that counts nothing has nothing to do.
     *
     * @param rateLimits as it was measured
     * @return how it stands now
     */
    default RateLimitStatus refund(Accepted accepted, RateLimitStatus rateLimits) {
        return rateLimits;
    }
}
