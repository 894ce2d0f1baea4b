package io.latchkey.verify;

import io.latchkey.model.ApiKey;
import io.latchkey.ratelimit.RateLimitStatus;
import java.util.Optional;
import org.keycloak.models.UserModel;

/** The verdict on a presented key. */
public sealed interface Verification {

    /** How the use stands with the limits that apply to it. */
    RateLimitStatus standing();

    /** The key may be used now, as this owner. */
    record Accepted(ApiKey key, UserModel owner, RateLimitStatus standing) implements Verification {

        public Accepted(ApiKey key, UserModel owner) {
            this(key, owner, RateLimitStatus.UNLIMITED);
        }
    }

    /**
     * The key may not be used.
     *
     * @param key the key whose id was presented, if there is one; for events only
     * @param standing tells whoever has to wait how long: with a good key that was used too often, or after too many wrong ones
     */
    record Rejected(Reason reason, Optional<ApiKey> key, RateLimitStatus standing) implements Verification {

        public Rejected(Reason reason, Optional<ApiKey> key) {
            this(reason, key, RateLimitStatus.UNLIMITED);
        }

        /** Whether the answer is to wait, whatever the reason. */
        public boolean isTooSoon() {
            return !standing.isAllowed();
        }
    }

    static Verification rejected(Reason reason) {
        return new Rejected(reason, Optional.empty());
    }

    static Verification rejected(Reason reason, ApiKey key) {
        return new Rejected(reason, Optional.of(key));
    }
}
