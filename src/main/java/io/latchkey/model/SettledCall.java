package io.latchkey.model;

/**
 * A call that has ended with a transaction of the ledger, to be counted when that has.
 *
 * @param apiId of the client that stands for the API
 */
public record SettledCall(OpenReservation call, String apiId, Settlement settlement) {

    public void tell(SettlementListener uses) {
        call.tell(uses, apiId, settlement.outcome(), settlement.charged());
    }
}
