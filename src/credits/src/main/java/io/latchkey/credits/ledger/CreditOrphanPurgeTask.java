package io.latchkey.credits.ledger;

import io.latchkey.keys.PurgeRunner;
import io.latchkey.keys.Purges;

/** Deletes credits of owners that vanished without an event. Its class name is its lock in the cluster, apart from that of keys. */
public final class CreditOrphanPurgeTask extends PurgeRunner {

    public CreditOrphanPurgeTask() {
        super(
                Purges.orphans(session -> new CreditAdminStore(session).allowances()),
                Purges.orphans(session -> new CreditAdminStore(session).balances()));
    }
}
