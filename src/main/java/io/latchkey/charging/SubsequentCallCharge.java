package io.latchkey.charging;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Charges further calls of an owner, each at its own price, from this node's lease, without a database access. Outlives
 * the session, and is valid as long as neither owner nor realm change.
 */
public interface SubsequentCallCharge {

    /** Empty if the call cannot be charged from memory alone; then nothing is charged. */
    Optional<ChargeResult> charge(Supplier<MethodAndPath> call);
}
