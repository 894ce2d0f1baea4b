package io.latchkey.credits;

import io.latchkey.key.KeyId;
import io.latchkey.model.Credits;
import java.util.Optional;

/**
 * What is taken for one call.
 *
 * @param key that the call is made with, if it is
 * @param settled whether it is charged at once, whatever becomes of the call; otherwise it is set aside until somebody says
 */
public record ChargeRequest(Credits cost, Optional<KeyId> key, boolean settled) {}
