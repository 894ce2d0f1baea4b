package io.latchkey.model;

import io.latchkey.key.KeyId;
import java.time.Instant;

/** Told once how each call has ended that was paid for with a key; must wait for nothing. */
public interface SettlementListener {

    /**
     * @param apiId of the client that stands for the API
     * @param at when the call was made
     * @param charged nothing unless it was settled
     */
    void settled(KeyId key, String apiId, Instant at, Settlement.Outcome outcome, Credits charged);
}
