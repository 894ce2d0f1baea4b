package io.latchkey.key;

/**
 * Holds the whole text of a key. It prints as {@code [redacted]}, cannot be serialised, and has identity equality: {@link
 * KeyHasher#match} compares secrets in constant time, and a secret is no map key.
 */
public final class KeySecret {

    private final String text;

    KeySecret(String text) {
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
