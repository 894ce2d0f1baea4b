package io.latchkey.introspection;

import io.latchkey.verify.Verification.Accepted;
import java.util.Locale;
import java.util.Optional;

/**
 * What an API is told about a key.
 *
 * @param key what is known of it; empty where the caller may know nothing
 */
record Verdict(Code code, Optional<Accepted> key) {

    enum Code {
        VALID,
        /** Whatever the reason. */
        INVALID_KEY,
        /** A good key that does not carry what is needed. */
        INSUFFICIENT_SCOPE,
        /** A good key that is used too often. */
        RATE_LIMITED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Verdict invalid() {
        return new Verdict(Code.INVALID_KEY, Optional.empty());
    }
}
