package io.latchkey.introspection;

import io.latchkey.charging.ChargeResult;
import io.latchkey.charging.PendingCharge;
import io.latchkey.ratelimit.RateLimitStatus;
import io.latchkey.verify.Verification.Accepted;
import java.util.Locale;
import java.util.Optional;

/**
 * Holds what the verify endpoint tells a client about a key.
 *
 * @param key what is known of it; empty where the caller may know nothing
 * @param pendingCharge its price; empty where there is none
 * @param delay how long, where whoever sent it has sent too many wrong ones
 */
record VerifyResult(Code code, Optional<Accepted> key, Optional<PendingCharge> pendingCharge, RateLimitStatus delay) {

    VerifyResult(Code code, Optional<Accepted> key, Optional<PendingCharge> pendingCharge) {
        this(code, key, pendingCharge, RateLimitStatus.UNLIMITED);
    }

    /** What became of the price. */
    Optional<ChargeResult> charge() {
        return pendingCharge.flatMap(PendingCharge::result);
    }

    enum Code {
        VALID,
        /** Whatever the reason. */
        INVALID_KEY,
        /** A good key that does not carry what is needed. */
        INSUFFICIENT_SCOPE,
        /** A good key that is used too often; or any other one from where too many came that are not good. */
        RATE_LIMITED,
        /** A good key whose owner cannot pay. */
        CREDITS_EXHAUSTED,
        /** A good key, but nobody knows whether its owner can pay. */
        CREDITS_UNAVAILABLE;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static VerifyResult invalid() {
        return new VerifyResult(Code.INVALID_KEY, Optional.empty(), Optional.empty());
    }

    static VerifyResult rateLimited(RateLimitStatus delay) {
        return new VerifyResult(Code.RATE_LIMITED, Optional.empty(), Optional.empty(), delay);
    }
}
