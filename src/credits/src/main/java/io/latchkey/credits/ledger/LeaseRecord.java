package io.latchkey.credits.ledger;

import java.util.Locale;

/**
 * Records what one start of a node has leased from one ledger row, as the ledger knows it.
 *
 * @param amount total that the node may ever spend, in millionths
 * @param used total that the node has reported as spent
 * @param renewedAt time of the last report, in milliseconds
 */
public record LeaseRecord(long amount, long used, long renewedAt, State state) {

    /** State of the node that holds the lease. */
    public enum State {
        OPEN,
        /** The node has not reported for a minute: its lease is written off. */
        LOST,
        /** The node stopped; the rest of its lease covers the open reservations it handed over. */
        STOPPED;

        /** The word used in the database. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State ofLabel(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }

    public static final LeaseRecord NONE = new LeaseRecord(0, 0, 0, State.OPEN);

    public LeaseRecord {
        if (used < 0 || used > amount) {
            throw new IllegalArgumentException("Used " + used + " of " + amount);
        }
    }

    LeaseRecord with(long newAmount, long newUsed) {
        return new LeaseRecord(newAmount, newUsed, renewedAt, state);
    }

    public long rest() {
        return amount - used;
    }
}
