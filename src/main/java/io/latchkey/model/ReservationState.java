package io.latchkey.model;

import java.util.Arrays;
import java.util.Optional;

/** Lists the states of a reservation of credits: open, settled, released or expired. */
public enum ReservationState {
    /** Still open; its node has stopped, and any other may settle it. */
    OPEN("open"),
    SETTLED("settled"),
    RELEASED("released"),
    /** It was neither settled nor released in time. */
    EXPIRED("expired");

    private final String label;

    ReservationState(String label) {
        this.label = label;
    }

    /** The word used in REST and in the database. */
    public String label() {
        return label;
    }

    public static Optional<ReservationState> ofLabel(String label) {
        return Arrays.stream(values())
                .filter(state -> state.label.equals(label))
                .findFirst();
    }
}
