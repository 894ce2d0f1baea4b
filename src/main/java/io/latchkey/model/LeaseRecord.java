package io.latchkey.model;

import java.util.Arrays;
import java.util.Optional;

/**
 * What one start of a node has borrowed of one ledger row.
 *
 * @param amount all that it may ever spend, in millionths
 * @param used all that it says it has spent
 * @param renewedAt when it was last heard of, in milliseconds
 */
public record LeaseRecord(long amount, long used, long renewedAt, State state) {

    /** Whether somebody is there to spend it. */
    public enum State {
        OPEN("open"),
        /** The node was not heard of for long: nobody is lent what it held. */
        LOST("lost"),
        /** The node stopped; what is left waits for the end of reservations. */
        STOPPED("stopped");

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** The word used in the database. */
        public String label() {
            return label;
        }

        public static Optional<State> ofLabel(String label) {
            return Arrays.stream(values())
                    .filter(state -> state.label.equals(label))
                    .findFirst();
        }
    }

    public static final LeaseRecord NONE = new LeaseRecord(0, 0, 0, State.OPEN);

    public LeaseRecord {
        if (used < 0 || used > amount) {
            throw new IllegalArgumentException("Used " + used + " of " + amount);
        }
    }

    public long rest() {
        return amount - used;
    }
}
