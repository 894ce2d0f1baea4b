package io.latchkey.key;

import java.util.zip.CRC32;

/**
 * Computes the last six characters of a key: the CRC32 (the one of zip and PNG) of every character before them, prefix
 * included, as an unsigned number in base 62, most significant digit first, padded with {@code 0} on the left. The
 * alphabet is {@code 0-9A-Za-z}, so {@code 0} is 0, {@code A} is 10, {@code a} is 36 and {@code z} is 61.
 *
 * <p>It tells a typo from a key without a lookup, and a leaked key from text that merely looks like one. It is no
 * protection against forgery: anybody can compute it.
 */
final class Checksum {

    /** 62^6 is more than 2^32, and 62^5 is less. */
    static final int LENGTH = 6;

    private Checksum() {}

    static String of(String text) {
        char[] digits = new char[LENGTH];
        long rest = crc32(text, text.length());
        for (int i = LENGTH - 1; i >= 0; i--) {
            digits[i] = Base62Alphabet.digit((int) (rest % Base62Alphabet.RADIX));
            rest /= Base62Alphabet.RADIX;
        }
        return new String(digits);
    }

    /** Whether the text ends with the checksum of what comes before; allocates nothing but the CRC's state. */
    static boolean endsWithChecksum(String text) {
        int end = text.length() - LENGTH;
        if (end < 0) {
            return false;
        }
        long rest = crc32(text, end);
        for (int i = text.length() - 1; i >= end; i--) {
            if (text.charAt(i) != Base62Alphabet.digit((int) (rest % Base62Alphabet.RADIX))) {
                return false;
            }
            rest /= Base62Alphabet.RADIX;
        }
        return true;
    }

    /** Keys are ASCII, so a character is a byte; whoever asks refuses everything else. */
    private static long crc32(String text, int end) {
        CRC32 crc = new CRC32();
        for (int i = 0; i < end; i++) {
            crc.update(text.charAt(i));
        }
        return crc.getValue();
    }
}
