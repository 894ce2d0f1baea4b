package io.latchkey.key;

import java.security.SecureRandom;

/** Generates keys. It is as thread-safe as its source of random numbers; {@link SecureRandom} is. */
public final class KeyGenerator {

    private static final int SIX_BITS = 0x3f;

    private final SecureRandom random;

    /** Takes nothing weaker than a {@link SecureRandom}, because every key is as good as its source. */
    public KeyGenerator(SecureRandom random) {
        this.random = random;
    }

    /** A new key: 12 random characters name it and 32 more (190 bits) prove it. */
    public PresentedKey generate(KeyPrefix prefix) {
        return PresentedKey.of(prefix, randomDigits(PresentedKey.RANDOM_LENGTH));
    }

    /** Six bits hold 64 values; the two that are no digit are thrown away, since folding them in would favour some. */
    private String randomDigits(int count) {
        StringBuilder digits = new StringBuilder(count);
        byte[] drawn = new byte[count];
        while (digits.length() < count) {
            random.nextBytes(drawn);
            for (int i = 0; i < count && digits.length() < count; i++) {
                int value = drawn[i] & SIX_BITS;
                if (value < Base62Alphabet.RADIX) {
                    digits.append(Base62Alphabet.digit(value));
                }
            }
        }
        return digits.toString();
    }
}
