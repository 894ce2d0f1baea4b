package io.latchkey.key;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Computes the last six characters of a key: the CRC32 (the one of zip and PNG) of every character before them, prefix
 * included, as an unsigned number in base 62, most significant digit first, padded with {@code 0} on the left. The
 * alphabet is {@code 0-9A-Za-z}, so {@code 0} is 0, {@code A} is 10, {@code a} is 36 and {@code z} is 61.
 *
 * <p>It tells a typo from a key without a lookup, and a leaked key from text that merely looks like one. It is no
 * protection against forgery: every caller can compute it.
 */
final class Checksum {

    /** 62^6 is more than 2^32, and 62^5 is less. */
    static final int LENGTH = 6;

    private Checksum() {}

    static String of(String text) {
        char[] digits = new char[LENGTH];
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        long rest = crc.getValue();
        for (int i = LENGTH - 1; i >= 0; i--) {
            digits[i] = Base62Alphabet.digit((int) (rest % Base62Alphabet.RADIX));
            rest /= Base62Alphabet.RADIX;
        }
        return new String(digits);
    }

    /** Whether the text ends with the checksum of what comes before. */
    static boolean endsWithChecksum(String text) {
        int end = text.length() - LENGTH;
        return end >= 0 && text.endsWith(of(text.substring(0, end)));
    }
}
