package io.latchkey.policy;

/** Lists who may create keys in self-service. */
public enum SelfServiceMode {
    /** Everybody who may manage their own account. */
    EVERYONE("everyone"),
    /** Only people who hold a plan. */
    PLAN("plan"),
    /** Nobody makes their own; administrators hand keys out. */
    ADMINS("admins");

    private final String label;

    SelfServiceMode(String label) {
        this.label = label;
    }

    /** The word used in attributes and in REST. */
    public String label() {
        return label;
    }
}
