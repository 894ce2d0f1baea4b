package io.latchkey.model;

import java.util.Arrays;
import java.util.Optional;

/** How often an allowance starts anew. */
public enum RefillInterval {
    /** With every day of the realm's time zone. */
    DAY("day", 30),
    /** With every month of the realm's time zone. */
    MONTH("month", 1),
    /** Never: what is spent is spent. */
    NONE("none", 1);

    private final String label;
    private final int aMonth;

    RefillInterval(String label, int aMonth) {
        this.label = label;
        this.aMonth = aMonth;
    }

    /** The word used in attributes, in REST and in the database. */
    public String label() {
        return label;
    }

    /** How often within a month, to compare allowances by. */
    public int aMonth() {
        return aMonth;
    }

    public static Optional<RefillInterval> ofLabel(String label) {
        return Arrays.stream(values())
                .filter(refill -> refill.label.equals(label))
                .findFirst();
    }
}
