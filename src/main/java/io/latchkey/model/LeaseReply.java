package io.latchkey.model;

/** What the ledger says to a {@link LeaseReport}. */
public sealed interface LeaseReply {

    String creditId();

    /**
     * The lease as it is now.
     *
     * @param amount all that this node may ever spend of it, in millionths
     * @param used all that it has spent by now
     * @param left that nobody has borrowed
     * @param granted to the owner in this period
     */
    record Lease(String creditId, long amount, long used, Credits left, Credits granted) implements LeaseReply {}

    /**
     * What the node has spent does not fit to what is on record, since the database was set back. As much of it as there is still
     * enough for is on record now; the node goes on from here.
     */
    record Contradicted(Lease lease) implements LeaseReply {

        @Override
        public String creditId() {
            return lease.creditId();
        }
    }

    /** Nothing is known of this ledger row any more: its owner, API or realm was removed. */
    record Gone(String creditId) implements LeaseReply {}
}
