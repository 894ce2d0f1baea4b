package io.latchkey.credits.lease;

import io.latchkey.credits.ledger.Settlement;
import java.util.Optional;

/** Reports the outcome of a request to settle or release a reservation. */
public sealed interface SettlementReply {

    /** The final outcome, which an earlier request may have decided. */
    record Ended(Settlement settlement) implements SettlementReply {}

    /** The outcome that is recorded for the reservation's own node, which may have settled it before. */
    record Recorded(Settlement settlement) implements SettlementReply {}

    /** There is no such reservation, or none any more. */
    record Unknown() implements SettlementReply {}

    /** The ledger is unreachable; the request may be repeated. */
    record Unavailable() implements SettlementReply {}

    /** The final or recorded outcome; empty if there is none. */
    default Optional<Settlement> outcome() {
        return this instanceof Ended ended
                ? Optional.of(ended.settlement)
                : this instanceof Recorded recorded ? Optional.of(recorded.settlement) : Optional.empty();
    }
}
