package io.latchkey.charging;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Charges further calls like one that was paid, from memory and without waiting. Outlives the session, and is valid as long as
 * neither owner nor realm change.
 */
public interface SubsequentCallCharge {

    /** Empty if the call cannot be charged from memory alone; then nothing is charged. */
    Optional<ChargeResult> charge(Supplier<PricedCall> call);
}
