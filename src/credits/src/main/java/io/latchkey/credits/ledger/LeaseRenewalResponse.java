package io.latchkey.credits.ledger;

import io.latchkey.model.CreditAmount;

/**
 * Answers a {@link LeaseRenewalRequest} with the lease that the node has from now on.
 *
 * @param amount total that this node may ever spend, in millionths
 * @param used total that it has spent by now
 * @param available credits that no node has leased
 * @param granted to the owner in this period
 * @param contradicted whether the node has spent more than the ledger has on record, because the database was restored from a
 *     backup. The ledger has recorded as much as the balance covers; the node continues with this lease.
 */
public record LeaseRenewalResponse(
        long amount, long used, CreditAmount available, CreditAmount granted, boolean contradicted) {}
