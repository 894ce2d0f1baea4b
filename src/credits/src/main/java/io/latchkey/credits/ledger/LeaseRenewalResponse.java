package io.latchkey.credits.ledger;

import io.latchkey.model.CreditAmount;

/** The reply of the ledger to a {@link LeaseRenewalRequest}. */
public sealed interface LeaseRenewalResponse {

    String creditId();

    /**
     * The lease after the report.
     *
     * @param amount total that this node may ever spend, in millionths
     * @param used total that it has spent by now
     * @param available credits that no node has leased
     * @param granted to the owner in this period
     */
    record Lease(String creditId, long amount, long used, CreditAmount available, CreditAmount granted)
            implements LeaseRenewalResponse {}

    /**
     * The node has spent more than the ledger has on record, because the database was restored from a backup. The ledger has
     * recorded as much as the balance covers; the node continues with this lease.
     */
    record Contradicted(Lease lease) implements LeaseRenewalResponse {

        @Override
        public String creditId() {
            return lease.creditId();
        }
    }

    /** The ledger row no longer exists: its owner, API or realm was removed. */
    record Gone(String creditId) implements LeaseRenewalResponse {}
}
