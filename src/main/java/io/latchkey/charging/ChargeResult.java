package io.latchkey.charging;

import io.latchkey.model.CreditAmount;
import java.time.Instant;
import java.util.Optional;

/** Reports the outcome of a charge. */
public sealed interface ChargeResult {

    /**
     * The call may be served.
     *
     * @param reservation of the price, until it is settled or released; empty if nothing is reserved
     */
    record Paid(CreditAmount cost, Optional<Reservation> reservation, AllowanceStatus allowanceStatus)
            implements ChargeResult {

        /** The same without a reservation. */
        public Paid ended() {
            return new Paid(cost, Optional.empty(), allowanceStatus);
        }
    }

    /** The owner has too few credits left, or no allowance at this API. */
    record Exhausted(CreditAmount cost, AllowanceStatus allowanceStatus) implements ChargeResult {}

    /** The ledger is unreachable, so that the remaining credits are unknown. */
    record Unavailable(CreditAmount cost) implements ChargeResult {}

    /**
     * Credits that are reserved for one call.
     *
     * @param expires when the reservation expires and its credits return to the owner
     */
    record Reservation(String id, Instant expires) {}

    /**
     * The balance of an allowance as this node knows it. Other nodes may have spent or returned some of it meanwhile.
     *
     * @param resets when the next period begins; empty if it never does
     */
    record AllowanceStatus(CreditAmount granted, CreditAmount remaining, Optional<Instant> resets) {

        /**
         * The balance of a free call, for which the ledger was not read. Compared by identity: a known balance may be zero too.
         */
        public static final AllowanceStatus UNKNOWN =
                new AllowanceStatus(CreditAmount.ZERO, CreditAmount.ZERO, Optional.empty());

        public boolean isKnown() {
            return this != UNKNOWN;
        }
    }
}
