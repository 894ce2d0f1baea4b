package io.latchkey.key;

import java.util.Objects;

/**
 * Holds the stored hash of a key.
 *
 * @param pepperVersion the pepper of the HMAC-SHA-256, or {@link Peppers#PLAIN} for SHA-256 without one
 * @param hex 64 lower-case hexadecimal digits
 */
public record KeyHash(int pepperVersion, String hex) {

    static final int HEX_LENGTH = 64;

    public KeyHash {
        Objects.requireNonNull(hex, "hex");
        if (pepperVersion < Peppers.PLAIN) {
            throw new IllegalArgumentException("Pepper version " + pepperVersion + " is less than " + Peppers.PLAIN);
        }
        if (hex.length() != HEX_LENGTH || !hex.chars().allMatch(KeyHash::isHexDigit)) {
            throw new IllegalArgumentException("A key hash has " + HEX_LENGTH + " characters from 0-9 and a-f");
        }
    }

    private static boolean isHexDigit(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
    }
}
