package io.latchkey.credits.ledger;

import io.latchkey.charging.SettlementListener;
import io.latchkey.key.KeyId;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.ReservationState;
import java.time.Instant;
import java.util.Optional;

/**
 * Describes a call whose price is reserved.
 *
 * @param key that the call was made with; empty for a call with a token
 */
public record OpenReservation(Optional<KeyId> key, Instant at, Instant expires) {

    /** Passes the outcome to the listener, if a key was used. */
    public void publish(SettlementListener listener, String apiId, ReservationState outcome, CreditAmount charged) {
        key.ifPresent(used -> listener.settled(used, apiId, at, outcome, charged));
    }

    public boolean isOverdue(Instant now) {
        return !expires.isAfter(now);
    }
}
