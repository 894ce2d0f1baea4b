package io.latchkey.verify;

/** Lists the purposes of a use, and whether each is recorded, rate-limited and counted. */
public enum Purpose {
    /** A call that is made with it. */
    USE,
    /** Somebody tells somebody else about it, who does the rest: no limit of ours is asked. */
    INTROSPECT,
    /** Somebody wants to know what a use would be answered. */
    DRY_RUN,
    /** Somebody wants to know whose key it is and whether it is good, for something that is no use of it. */
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
