package io.latchkey.policy;

/** Lists whether a brute-force lockout of an owner also stops the owner's keys. */
public enum OwnerLockoutMode {
    /** A locked owner cannot use keys. */
    HONOR("honor"),
    /** Guessing somebody's password cannot stop their machines. */
    IGNORE("ignore");

    private final String label;

    OwnerLockoutMode(String label) {
        this.label = label;
    }

    /** The word used in attributes and in REST. */
    public String label() {
        return label;
    }
}
