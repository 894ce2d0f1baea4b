package io.latchkey.credits.ledger;

import io.latchkey.model.CreditAmount;
import io.latchkey.model.ReservationState;

/**
 * States the outcome of a reservation (open, settled, released or expired) and the credits charged for it.
 *
 * @param charged zero unless it was settled
 */
public record Settlement(ReservationId id, ReservationState outcome, CreditAmount charged) {

    public static Settlement open(ReservationId id) {
        return new Settlement(id, ReservationState.OPEN, CreditAmount.ZERO);
    }

    public static Settlement settled(ReservationId id, CreditAmount charged) {
        return new Settlement(id, ReservationState.SETTLED, charged);
    }

    public static Settlement released(ReservationId id) {
        return new Settlement(id, ReservationState.RELEASED, CreditAmount.ZERO);
    }

    public static Settlement expired(ReservationId id) {
        return new Settlement(id, ReservationState.EXPIRED, CreditAmount.ZERO);
    }
}
