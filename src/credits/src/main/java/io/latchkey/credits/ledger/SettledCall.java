package io.latchkey.credits.ledger;

import io.latchkey.charging.SettlementListener;

/**
 * Describes a call that was settled in a transaction of the ledger, and counts it after the commit.
 *
 * @param apiId internal id of the API's client
 */
public record SettledCall(OpenReservation call, String apiId, Settlement settlement) {

    public void publish(SettlementListener listener) {
        call.publish(listener, apiId, settlement.outcome(), settlement.charged());
    }
}
