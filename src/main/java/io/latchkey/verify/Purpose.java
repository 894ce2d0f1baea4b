package io.latchkey.verify;

/** What a key is presented for. */
public enum Purpose {
    /** A call that is made with it. */
    USE,
    /** Somebody tells somebody else about it, who does the rest: no limit of ours is asked. */
    STATEMENT,
    /** Somebody wants to know what a use would be answered. */
    QUESTION,
    /** Somebody wants to know whose key it is and whether it is good, for something that is no use of it. */
    IDENTITY;

    /** Whether an accepted key counts as used. */
    boolean isRecorded() {
        return this == USE || this == STATEMENT;
    }

    /** Whether rate limits can refuse it. */
    boolean isLimited() {
        return this == USE || this == QUESTION;
    }

    /** Whether rate limits count it. */
    boolean isCounted() {
        return this == USE;
    }
}
