package io.latchkey.credits.ledger;

import io.latchkey.keys.OrphanPurgeTask;
import java.util.List;

/** Deletes credits of owners that vanished without an event. Its class name is its lock in the cluster, apart from that of keys. */
public final class CreditOrphanPurgeTask extends OrphanPurgeTask {

    public CreditOrphanPurgeTask() {
        super(List.of(
                session -> new CreditStore(session).allowances(), session -> new CreditStore(session).balances()));
    }
}
