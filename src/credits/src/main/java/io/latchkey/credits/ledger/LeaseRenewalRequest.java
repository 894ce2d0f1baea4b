package io.latchkey.credits.ledger;

import io.latchkey.model.Allowance;
import java.util.Map;
import java.util.Optional;

/**
 * Reports what a node has spent of its lease and what it asks for. Amounts are totals in millionths, so that a repeated report
 * changes nothing.
 *
 * @param used total that this node has ever spent; empty if the node does not know it
 * @param keep total that the node keeps, used credits included; the rest is returned
 * @param demand asked for in addition
 * @param allowance what the owner may spend now; empty if it was not read
 * @param handedOver of a stopping node: its open reservations, which other nodes may settle
 */
public record LeaseRenewalRequest(
        String creditId,
        Optional<Long> used,
        long keep,
        Demand demand,
        Optional<Allowance> allowance,
        Optional<Map<ReservationId, OpenReservation>> handedOver) {

    /** The node keeps its whole lease. */
    public static final long ALL = Long.MAX_VALUE;

    /**
     * An additional amount.
     *
     * @param minimum the ledger leases this much or nothing
     * @param maximum what the node could spend within some seconds
     */
    public record Demand(long minimum, long maximum) {
        public static final Demand NONE = new Demand(0, 0);

        /**
         * The amount that the ledger leases: at most what is available, divided by twice the number of nodes with a lease, so
         * that the rest is shared fairly; but at least the minimum.
         *
         * @param leaseHolders number of nodes with a lease, this one included
         * @return 0 if less than the minimum is available
         */
        public long share(long available, int leaseHolders) {
            if (maximum <= 0 || available <= 0 || available < minimum) {
                return 0;
            }
            return Math.max(minimum, Math.min(maximum, available / (2L * Math.max(1, leaseHolders))));
        }
    }
}
