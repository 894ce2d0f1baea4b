package io.latchkey.verify;

/** Lists the purposes of a use, and whether each is recorded, rate-limited and counted. */
public enum Purpose {
    /** A call with the key. */
    USE,
    /** Introspection reports the key to an API; rate limits do not apply. */
    INTROSPECT,
    /** Returns the decision about a use without using the key. */
    DRY_RUN,
    /** Identifies the owner of a valid key, without using the key. */
    IDENTIFY;

    /** Whether an accepted key counts as used. */
    boolean isRecorded() {
        return this == USE || this == INTROSPECT;
    }

    /** Whether rate limits can refuse it. */
    boolean isLimited() {
        return this == USE || this == DRY_RUN;
    }

    /** Whether rate limits count it. */
    boolean isCounted() {
        return this == USE;
    }
}
