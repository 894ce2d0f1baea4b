package io.latchkey.credits;

/** How a price is taken. */
public enum ChargeMode {
    /** Not at all: it is a question. */
    QUOTED,
    /** Set aside, until somebody says how the call went. */
    RESERVED,
    /** Charged at once, whatever becomes of the call. */
    SETTLED
}
