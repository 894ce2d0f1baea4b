package io.latchkey.charging;

import io.latchkey.key.KeyId;
import io.latchkey.model.Credits;
import io.latchkey.model.SettlementOutcome;
import java.time.Instant;

/** Receives the outcome of each paid call of a key, exactly once. Implementations must not block. */
public interface SettlementListener {

    /**
     * @param apiId internal id of the API's client
     * @param at when the call was made
     * @param charged zero unless it was settled
     */
    void settled(KeyId key, String apiId, Instant at, SettlementOutcome outcome, Credits charged);
}
