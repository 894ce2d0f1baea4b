package io.latchkey.introspection;

import io.latchkey.credits.Charge;
import io.latchkey.limits.Standing;
import io.latchkey.verify.Verification.Accepted;
import java.util.Locale;
import java.util.Optional;

/**
 * What an API is told about a key.
 *
 * @param key what is known of it; empty where the caller may know nothing
 * @param charge what became of the price; empty where there is none
 * @param delay how long, where whoever sent it has sent too many wrong ones
 */
record Verdict(Code code, Optional<Accepted> key, Optional<Charge> charge, Standing delay) {

    Verdict(Code code, Optional<Accepted> key, Optional<Charge> charge) {
        this(code, key, charge, Standing.UNLIMITED);
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

    static Verdict invalid() {
        return new Verdict(Code.INVALID_KEY, Optional.empty(), Optional.empty());
    }

    static Verdict tooSoon(Standing delay) {
        return new Verdict(Code.RATE_LIMITED, Optional.empty(), Optional.empty(), delay);
    }
}
