package io.latchkey.introspection;

import io.latchkey.credits.Charge;
import io.latchkey.verify.Verification.Accepted;
import java.util.Locale;
import java.util.Optional;

/**
 * What an API is told about a key.
 *
 * @param key what is known of it; empty where the caller may know nothing
 * @param charge what became of the price; empty where there is none
 */
record Verdict(Code code, Optional<Accepted> key, Optional<Charge> charge) {

    enum Code {
        VALID,
        /** Whatever the reason. */
        INVALID_KEY,
        /** A good key that does not carry what is needed. */
        INSUFFICIENT_SCOPE,
        /** A good key that is used too often. */
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
}
