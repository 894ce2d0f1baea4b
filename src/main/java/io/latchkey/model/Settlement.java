package io.latchkey.model;

import java.util.Arrays;
import java.util.Optional;

/**
 * The outcome of a reservation.
 *
 * @param charged zero unless it was settled
 */
public record Settlement(ReservationId id, Outcome outcome, Credits charged) {

    /** How a reservation ends. */
    public enum Outcome {
        /** Still open; its node has stopped, and any other may settle it. */
        OPEN("open"),
        SETTLED("settled"),
        RELEASED("released"),
        /** It was neither settled nor released in time. */
        EXPIRED("expired");

        private final String label;

        Outcome(String label) {
            this.label = label;
        }

        /** The word used in REST and in the database. */
        public String label() {
            return label;
        }

        public static Optional<Outcome> ofLabel(String label) {
            return Arrays.stream(values())
                    .filter(outcome -> outcome.label.equals(label))
                    .findFirst();
        }
    }

    public static Settlement open(ReservationId id) {
        return new Settlement(id, Outcome.OPEN, Credits.ZERO);
    }

    public static Settlement settled(ReservationId id, Credits charged) {
        return new Settlement(id, Outcome.SETTLED, charged);
    }

    public static Settlement released(ReservationId id) {
        return new Settlement(id, Outcome.RELEASED, Credits.ZERO);
    }

    public static Settlement expired(ReservationId id) {
        return new Settlement(id, Outcome.EXPIRED, Credits.ZERO);
    }
}
