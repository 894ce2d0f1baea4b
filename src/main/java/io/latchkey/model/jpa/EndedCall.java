package io.latchkey.model.jpa;

import io.latchkey.model.OpenCall;
import io.latchkey.model.PaidUses;
import io.latchkey.model.Settlement;

/** A call that has ended with a transaction of the ledger, to be counted when that has. */
record EndedCall(OpenCall call, String apiId, Settlement settlement) {

    void tell(PaidUses uses) {
        call.tell(uses, apiId, settlement.outcome(), settlement.charged());
    }
}
