package io.latchkey.verify;

import io.latchkey.ratelimit.RateLimitStatus;
import io.latchkey.verify.Verification.Accepted;
import org.keycloak.models.RealmModel;

/** Counts a use against the rate limits of the key and its owner. */
@FunctionalInterface
public interface RateLimitCheck {

    /**
     * @param accepted by all other checks
     * @param counted false to return the status only
     */
    RateLimitStatus measure(RealmModel realm, Accepted accepted, boolean counted);

    /**
     * Undoes a count, because the use was refused for another reason.
     *
     * @param rateLimits as {@link #measure} returned it
     * @return the status now
     */
    default RateLimitStatus refund(Accepted accepted, RateLimitStatus rateLimits) {
        return rateLimits;
    }
}
