package io.latchkey.model;

import java.util.Map;
import java.util.Optional;

/**
 * What a node says about its lease and wants of it, in totals: saying it twice changes nothing. Amounts in millionths.
 *
 * @param used all that this node has ever spent of it; empty where the node does not know and asks
 * @param keep all that this node still holds on to, used ones included; what is more is given back
 * @param wish for more
 * @param allowance what the owner may spend now; empty where nobody has looked
 * @param left where the node stops: what is still reserved there, for other nodes to settle
 */
public record LeaseReport(
        String creditId,
        Optional<Long> used,
        long keep,
        Wish wish,
        Optional<Allowance> allowance,
        Optional<Map<ReservationId, OpenReservation>> left) {

    /** The node holds on to all it has. */
    public static final long ALL = Long.MAX_VALUE;

    /**
     * How much more.
     *
     * @param least less is of no use
     * @param most what the node could use within some seconds
     */
    public record Wish(long least, long most) {
        public static final Wish NONE = new Wish(0, 0);

        /**
         * At most what is left over twice the number of borrowers, so that the end of it is handed out fairly; but the least at
         * least.
         *
         * @param borrowers who have a lease, with the one that asks
         * @return nothing where there is less than the least
         */
        public long share(long left, int borrowers) {
            if (most <= 0 || left <= 0 || left < least) {
                return 0;
            }
            return Math.max(least, Math.min(most, left / (2L * Math.max(1, borrowers))));
        }
    }
}
