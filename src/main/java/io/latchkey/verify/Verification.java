package io.latchkey.verify;

import io.latchkey.charging.Charge;
import io.latchkey.model.ApiKey;
import io.latchkey.ratelimit.RateLimitStatus;
import java.util.Optional;
import org.keycloak.models.UserModel;

/** Holds the result of a verification: the key was accepted or rejected. */
public sealed interface Verification {

    /** The status of the rate limits that apply to the use. */
    RateLimitStatus rateLimits();

    /** The charge for the use; empty if it has no price, or if the key was rejected before it was charged. */
    Optional<Charge> charge();

    /** The key may be used now, as this owner. */
    record Accepted(ApiKey key, UserModel owner, RateLimitStatus rateLimits, Optional<Charge> charge)
            implements Verification {

        public Accepted(ApiKey key, UserModel owner) {
            this(key, owner, RateLimitStatus.UNLIMITED, Optional.empty());
        }
    }

    /**
     * The key may not be used.
     *
     * @param key the key whose id was presented, if there is one; for events only
     * @param rateLimits how long the caller has to wait: after too many uses of a valid key, or too many failed keys
     */
    record Rejected(Reason reason, Optional<ApiKey> key, RateLimitStatus rateLimits, Optional<Charge> charge)
            implements Verification {

        public Rejected(Reason reason, Optional<ApiKey> key) {
            this(reason, key, RateLimitStatus.UNLIMITED);
        }

        public Rejected(Reason reason, Optional<ApiKey> key, RateLimitStatus rateLimits) {
            this(reason, key, rateLimits, Optional.empty());
        }

        /** Whether the caller has to wait, whatever the reason. */
        public boolean isRateLimited() {
            return !rateLimits.isAllowed();
        }
    }

    static Verification rejected(Reason reason) {
        return new Rejected(reason, Optional.empty());
    }

    static Verification rejected(Reason reason, ApiKey key) {
        return new Rejected(reason, Optional.of(key));
    }
}
