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

    public Credits granted() {
        return new Credits(totals.granted());
    }

    public Credits toppedUp() {
        return new Credits(totals.toppedUp());
    }

    public Credits spent() {
        return new Credits(totals.spent());
    }

    /** Leased to nodes, which may have reserved or spent some of it already. */
    public Credits leased() {
        return new Credits(totals.leased());
    }

    public Credits writtenOff() {
        return new Credits(totals.writtenOff());
    }

    /** Neither spent nor written off. */
    public Credits remaining() {
        return granted().minus(spent()).minus(writtenOff());
    }
}
