package io.latchkey.policy;

/** Lists the kinds of session behind a token made from a key. */
public enum KeySessionMode {
    /** Nothing is kept and there is no refresh token, as with {@code client_credentials}. */
    TRANSIENT("transient"),
    /** A session of the realm, listed among the sessions of its owner. */
    ONLINE("online");

    private final String label;

    KeySessionMode(String label) {
        this.label = label;
    }

    /** The word used in attributes and in REST. */
    public String label() {
        return label;
    }
}
