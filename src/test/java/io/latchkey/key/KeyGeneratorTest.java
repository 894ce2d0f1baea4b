package io.latchkey.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class KeyGeneratorTest {

    private static final KeyPrefix PREFIX = new KeyPrefix("kwi", KeyKind.SECRET, Optional.empty());

    @Test
    void everyAcceptedByteIsADigitAndTheOthersAreSkipped() {
        KeyGenerator generator = new KeyGenerator(new CountingBytes(250));

        String key = generator.generate(PREFIX).secret().reveal();

        // 250 to 253 end in 58 to 61; 254 and 255 end in 62 and 63, which are no digits.
        assertTrue(key.startsWith("kwi_sk_wxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcd"), key);
    }

    @Test
    void everyDigitIsEquallyLikely() {
        KeyGenerator generator = new KeyGenerator(new SecureRandom());
        int[] seen = new int[128];
        int keys = 20_000;

        for (int i = 0; i < keys; i++) {
            String key = generator.generate(PREFIX).secret().reveal();
            key.substring(7, 7 + PresentedKey.RANDOM_LENGTH).chars().forEach(c -> seen[c]++);
        }

        double expected = keys * (double) PresentedKey.RANDOM_LENGTH / Base62Alphabet.RADIX;
        for (int value = 0; value < Base62Alphabet.RADIX; value++) {
            // 14 194 expected with a deviation of 118: seven of them are one false alarm in a billion runs,
            // and folding the two spare values in would double two digits.
            assertEquals(
                    expected,
                    seen[Base62Alphabet.digit(value)],
                    7 * Math.sqrt(expected),
                    "" + Base62Alphabet.digit(value));
        }
    }

    @Test
    void whatItMakesIsReadBack() {
        PresentedKey made = new KeyGenerator(new SecureRandom()).generate(PREFIX);

        PresentedKey read = PresentedKey.parse(made.secret().reveal()).orElseThrow();

        assertEquals(made.id(), read.id());
        assertEquals(made.prefix(), read.prefix());
        assertEquals(made.secret().reveal(), read.secret().reveal());
    }

    /** Bytes that count upwards, so that a test knows which come. */
    private static final class CountingBytes extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private int next;

        CountingBytes(int first) {
            this.next = first;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) next++;
            }
        }
    }
}
