package io.latchkey.credits.ledger;

import io.latchkey.model.Credits;
import io.latchkey.model.SettlementOutcome;

/**
 * The outcome of a reservation.
 *
 * @param charged zero unless it was settled
 */
public record Settlement(ReservationId id, SettlementOutcome outcome, Credits charged) {

    public static Settlement open(ReservationId id) {
        return new Settlement(id, SettlementOutcome.OPEN, Credits.ZERO);
    }

    public static Settlement settled(ReservationId id, Credits charged) {
        return new Settlement(id, SettlementOutcome.SETTLED, charged);
    }

    public static Settlement released(ReservationId id) {
        return new Settlement(id, SettlementOutcome.RELEASED, Credits.ZERO);
    }

    public static Settlement expired(ReservationId id) {
        return new Settlement(id, SettlementOutcome.EXPIRED, Credits.ZERO);
    }
}
