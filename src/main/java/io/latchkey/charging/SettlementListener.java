package io.latchkey.charging;

import io.latchkey.key.KeyId;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.ReservationState;
import java.time.Instant;

/**
 * Receives for each paid call of a key, exactly once, whether its credits were charged or released. Implementations
 * must not block.
 */
public interface SettlementListener {

    /**
     * @param apiId internal id of the API's client
     * @param at when the call was made
     * @param charged zero unless it was settled
     */
    void settled(KeyId key, String apiId, Instant at, ReservationState outcome, CreditAmount charged);
}
