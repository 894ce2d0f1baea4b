package io.latchkey.credits.lease;

import io.latchkey.key.KeyId;
import io.latchkey.model.CreditAmount;
import java.util.Optional;

/**
 * Asks a lease for the price of one call.
 *
 * @param key that the call was made with; empty for a call with a token
 * @param settled whether the price is charged at once; otherwise it is reserved until it is settled or released
 */
public record ChargeRequest(CreditAmount cost, Optional<KeyId> key, boolean settled) {}
