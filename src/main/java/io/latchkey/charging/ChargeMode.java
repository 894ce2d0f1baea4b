package io.latchkey.charging;

/** Selects what a charge does to the owner's credits. */
public enum ChargeMode {
    /** Charges nothing and reports what a charge would lead to (dry run). */
    QUOTE,
    /** Reserves the price until the call is settled or released. */
    RESERVE,
    /** Charges the price at once, whatever the outcome of the call. */
    SETTLE
}
