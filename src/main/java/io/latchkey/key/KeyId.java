package io.latchkey.key;

import java.util.Objects;
import java.util.Optional;

/**
 * Represents the public id of a key: 12 base62 characters, case-sensitive. It may be logged and listed and identifies a
 * key, but never authenticates.
 */
public record KeyId(String value) {

    /** What is wrong with text that is no id. */
    public static final String FAULT = "must be the id of a key";

    static final int LENGTH = 12;

    public KeyId {
        Objects.requireNonNull(value, "value");
        if (!isValid(value)) {
            throw new IllegalArgumentException("A key id has " + LENGTH + " characters from 0-9, A-Z and a-z");
        }
    }

    /** The id written as this text; empty when the text (or null) is not one. */
    public static Optional<KeyId> parse(String text) {
        return text != null && isValid(text) ? Optional.of(new KeyId(text)) : Optional.empty();
    }

    private static boolean isValid(String text) {
        return text.length() == LENGTH && Base62Alphabet.isDigits(text, 0, LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
