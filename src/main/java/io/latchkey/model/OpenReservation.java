package io.latchkey.model;

import io.latchkey.key.KeyId;
import java.time.Instant;
import java.util.Optional;

/**
 * A call that credits are set aside for.
 *
 * @param key it was made with, if it was
 */
public record OpenReservation(Optional<KeyId> key, Instant at, Instant expires) {

    /** Has counted how it ended, if a key was used. */
    public void tell(SettlementListener uses, String apiId, Settlement.Outcome outcome, Credits charged) {
        key.ifPresent(used -> uses.settled(used, apiId, at, outcome, charged));
    }

    public boolean isOverdue(Instant now) {
        return !expires.isAfter(now);
    }
}
