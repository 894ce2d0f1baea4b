package io.latchkey.verify;

import io.latchkey.limits.Standing;
import io.latchkey.model.ApiKey;
import io.latchkey.model.UseSlot;
import java.util.Optional;
import org.keycloak.models.UserModel;

/** The verdict on a presented key. */
public sealed interface Verification {

    /** How the use stands with the limits that apply to it. */
    Standing standing();

    /** The key may be used now, as this owner. */
    record Accepted(ApiKey key, UserModel owner, Standing standing) implements Verification {

        public Accepted(ApiKey key, UserModel owner) {
            this(key, owner, Standing.UNLIMITED);
        }
    }

    /**
     * The key may not be used.
     *
     * @param key the key whose id was presented, if there is one; for events only
     * @param standing tells whoever has to wait how long: with a good key that was used too often, or after too many wrong ones
     * @param api where a good key was to be used, as {@link UseSlot} has it
     */
    record Rejected(Reason reason, Optional<ApiKey> key, Standing standing, String api) implements Verification {

        public Rejected(Reason reason, Optional<ApiKey> key) {
            this(reason, key, Standing.UNLIMITED, UseSlot.NO_API);
        }

        Rejected at(String usedApi) {
            return new Rejected(reason, key, standing, usedApi);
        }

        Rejected with(Standing now) {
            return new Rejected(reason, key, now, api);
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
