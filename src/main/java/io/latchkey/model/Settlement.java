package io.latchkey.model;

import java.util.Arrays;
import java.util.Optional;

/**
 * What became of a reservation.
 *
 * @param charged nothing unless it was settled
 */
public record Settlement(ReservationId id, Outcome outcome, Credits charged) {

    /** How a reservation ends. */
    public enum Outcome {
        /** Not yet; its node has stopped, and any other may end it. */
        OPEN("open"),
        SETTLED("settled"),
        RELEASED("released"),
        /** Nobody said anything in time. */
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
