package io.latchkey.credits;

import io.latchkey.model.Settlement;

/** What became of the wish to end a reservation. */
public sealed interface SettlementResult {

    /** So it has ended, now or before; not necessarily as was wished. */
    record Ended(Settlement settlement) implements SettlementResult {}

    /** So it ends unless its own node has heard otherwise before. */
    record Recorded(Settlement settlement) implements SettlementResult {}

    /** There is none of that name, or not any more. */
    record Unknown() implements SettlementResult {}

    /** Nobody can tell at the moment; the same may be asked again. */
    record Unavailable() implements SettlementResult {}
}
