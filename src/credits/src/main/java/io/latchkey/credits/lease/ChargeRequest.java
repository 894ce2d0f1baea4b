package io.latchkey.credits.lease;

import io.latchkey.key.KeyId;
import io.latchkey.model.CreditAmount;
import java.util.Optional;

/**
 * Describes the charge for one call: its cost, its key, and whether it is charged at once or reserved.
 *
 * @param key that the call was made with; empty for a call with a token
 * @param settled whether the price is charged at once; otherwise it is reserved until it is settled or released
 */
public record ChargeRequest(CreditAmount cost, Optional<KeyId> key, boolean settled) {}
