package io.latchkey.charging;

import java.util.Optional;

/** Holds the result of a charge, and settles or releases what it has reserved. */
public interface Charge {

    ChargeResult result();

    /**
     * Settles a call that has succeeded already.
     *
     * @return the charge from now on; its result is {@link ChargeResult.Unavailable} if the call could not be settled
     */
    Charge settle();

    /** Releases the reservation of a call that will not be made. */
    void release();

    /** Charges further calls of that owner in the same way; empty if this call was not paid or the allowance cannot be read. */
    Optional<SubsequentCallCharge> repeatable();
}
