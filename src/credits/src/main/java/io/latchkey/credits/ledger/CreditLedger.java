package io.latchkey.credits.ledger;

import io.latchkey.model.Allowance;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Leases credits to nodes and records settlements. Every call runs and commits a transaction of its own. */
public interface CreditLedger {

    /** The allowance that an administrator has set, which replaces those of plans. */
    Optional<Allowance> allowance(CreditAccount account);

    /** Returns the id of the ledger row of a period, and creates the row if it is missing. */
    String open(CreditAccount account, CreditPeriod period);

    /** Finds the accounts of ledger rows, by row id; without ids that have no row. */
    Map<String, CreditAccount> accounts(Set<String> creditIds);

    /**
     * Applies reports of a node, and leases what it asks for as far as credits are available.
     *
     * @return a reply to each, in the same order; empty if the ledger row no longer exists, because its owner, API or realm was
     *     removed
     */
    List<Optional<LeaseRenewalResponse>> report(String node, List<LeaseRenewalRequest> reports);

    /**
     * Records settlements for the node that made the reservations. The first one recorded wins.
     *
     * @param realmId realm of the reservations, others are ignored; empty for any realm
     * @return the recorded outcome of each; without those that belong to no ledger row
     */
    List<Settlement> record(Optional<String> realmId, List<Settlement> settlements);

    /**
     * Collects settlements that other nodes recorded for this one.
     *
     * @param acknowledged settlements of the reply before, which are not sent again
     */
    List<Settlement> collect(String node, List<ReservationId> acknowledged);
}
