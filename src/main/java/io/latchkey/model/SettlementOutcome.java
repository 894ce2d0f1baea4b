package io.latchkey.model;

import java.util.Arrays;
import java.util.Optional;

/** States how a reservation ended, or that it is still open. */
public enum SettlementOutcome {
    /** Still open; its node has stopped, and any other may settle it. */
    OPEN("open"),
    SETTLED("settled"),
    RELEASED("released"),
    /** It was neither settled nor released in time. */
    EXPIRED("expired");

    private final String label;

    SettlementOutcome(String label) {
        this.label = label;
    }

    /** The word used in REST and in the database. */
    public String label() {
        return label;
    }

    public static Optional<SettlementOutcome> ofLabel(String label) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.label.equals(label))
                .findFirst();
    }
}
