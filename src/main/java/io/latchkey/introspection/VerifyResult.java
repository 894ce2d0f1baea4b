package io.latchkey.introspection;

import io.latchkey.charging.Charge;
import io.latchkey.charging.ChargeResult;
import io.latchkey.ratelimit.RateLimitStatus;
import io.latchkey.verify.Verification.Accepted;
import java.util.Locale;
import java.util.Optional;

/**
 * Holds the result of the verify endpoint: a code, and the key as far as the calling client may learn about it.
 *
 * @param key empty if the caller may learn nothing about it
 * @param delay set if too many wrong keys came from this caller
 */
record VerifyResult(Code code, Optional<Accepted> key, RateLimitStatus delay) {

    VerifyResult(Code code, Optional<Accepted> key) {
        this(code, key, RateLimitStatus.UNLIMITED);
    }

    /** Result of the charge; empty if the call has no price. */
    Optional<ChargeResult> charge() {
        return key.flatMap(Accepted::charge).map(Charge::result);
    }

    enum Code {
        VALID,
        /** The key is not valid, for any reason. */
        INVALID_KEY,
        /** A valid key without a required scope. */
        INSUFFICIENT_SCOPE,
        /** A valid key that is used too often, or a wrong key from a caller of too many wrong keys. */
        RATE_LIMITED,
        /** A valid key whose owner has too few credits. */
        CREDITS_EXHAUSTED,
        /** A valid key whose owner's credits cannot be read. */
        CREDITS_UNAVAILABLE;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static VerifyResult invalid() {
        return new VerifyResult(Code.INVALID_KEY, Optional.empty());
    }

    static VerifyResult rateLimited(RateLimitStatus delay) {
        return new VerifyResult(Code.RATE_LIMITED, Optional.empty(), delay);
    }
}
