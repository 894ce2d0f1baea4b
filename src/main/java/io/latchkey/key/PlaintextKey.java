package io.latchkey.key;

/**
 * Holds a whole key in plain text. It prints as {@code [redacted]}, cannot be serialised, and has identity equality: {@link
 * KeyHasher#match} compares keys in constant time, and a plaintext key is no map key.
 */
public final class PlaintextKey {

    private final String text;

    PlaintextKey(String text) {
        this.text = text;
    }

    /** The key itself. Only hashing it and handing it to its owner once are reasons to call this. */
    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}
