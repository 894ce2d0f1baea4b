package io.latchkey.key;

/**
 * The whole text of a key. It prints as {@code [redacted]}, cannot be serialised, and equals only itself: whether two
 * secrets are the same is for {@link KeyHasher#match} to say, in constant time, and a secret is not a map key.
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
