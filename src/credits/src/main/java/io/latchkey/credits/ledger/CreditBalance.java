package io.latchkey.credits.ledger;

import io.latchkey.model.Credits;
import java.time.Instant;
import java.util.Optional;

/**
 * The ledger's sums for one owner at one API in one period.
 *
 * @param period label of it
 * @param end empty for a period without end
 */
public record CreditBalance(
        CreditAccount account, String period, Optional<Instant> end, LedgerRowBalance.Totals totals) {

    /** Neither spent nor written off. */
    public Credits remaining() {
        return new Credits(totals.granted() - totals.spent() - totals.writtenOff());
    }
}
