package io.latchkey.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What nodes borrow from. Every call is a transaction of its own that has ended when it returns. */
public interface CreditLedger {

    /** What an administrator has set by hand, which counts instead of any plan. */
    Optional<Allowance> allowance(CreditAccount account);

    /** The ledger row of a period, made where there is none. */
    String open(CreditAccount account, CreditPeriod period);

    /** Whose those ledger rows are, by id; nothing of those that there are none of. */
    Map<String, CreditAccount> accounts(Set<String> creditIds);

    /**
     * Takes reports of that node, and lends it what it asks for as far as there is any.
     *
     * @return an answer to each
     */
    List<LeaseReply> report(String node, List<LeaseReport> reports);

    /**
     * Puts on record how reservations end, for the node that made them. Whoever is first decides.
     *
     * @param realmId whose reservations alone are looked at
     * @return how each ends now; nothing of those that belong to no ledger row
     */
    List<Settlement> record(String realmId, List<Settlement> settlements);

    /** The same for a node's own reservations, of any realm. */
    List<Settlement> record(List<Settlement> settlements);

    /**
     * What others put on record for that node.
     *
     * @param heard what it was told before, and needs to hear no more
     */
    List<Settlement> collect(String node, List<ReservationId> heard);
}
