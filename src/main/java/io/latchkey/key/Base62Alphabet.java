package io.latchkey.key;

/** Defines the digits of keys in the order of their values: {@code 0-9}, {@code A-Z}, {@code a-z}. */
final class Base62Alphabet {

    static final int RADIX = 62;

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private Base62Alphabet() {}

    static char digit(int value) {
        return ALPHABET.charAt(value);
    }

    static boolean isDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }
}
