package io.latchkey.credits;

import io.latchkey.model.Credits;
import io.latchkey.model.ReservationId;
import java.time.Instant;
import java.util.Optional;

/** What became of the price of a call. */
public sealed interface ChargeResult {

    /**
     * The call may be served.
     *
     * @param reservation of the price, until somebody says how the call went; empty where nothing is set aside
     */
    record Paid(Credits cost, Optional<Reservation> reservation, Standing standing) implements ChargeResult {

        Paid ended() {
            return new Paid(cost, Optional.empty(), standing);
        }
    }

    /** The owner has not enough left, or no allowance there at all. */
    record Exhausted(Credits cost, Standing standing) implements ChargeResult {}

    /** Nobody knows how much is left, since the ledger cannot be asked. */
    record Unavailable(Credits cost) implements ChargeResult {}

    /**
     * Credits that are set aside.
     *
     * @param expires when they are given back unless somebody says something
     */
    record Reservation(ReservationId id, Instant expires) {}

    /**
     * How an allowance stands, as far as this node knows: other nodes may have used some of it, or give some back.
     *
     * @param resets when it starts anew; empty when it never does
     */
    record Standing(Credits granted, Credits remaining, Optional<Instant> resets) {

        /** Where nobody had to ask. Itself only: that there is nothing at all may be known. */
        public static final Standing UNKNOWN = new Standing(Credits.ZERO, Credits.ZERO, Optional.empty());

        public boolean isKnown() {
            return this != UNKNOWN;
        }
    }
}
