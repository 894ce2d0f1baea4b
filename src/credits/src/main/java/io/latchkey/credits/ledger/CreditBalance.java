package io.latchkey.credits.ledger;

import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAmount;
import java.time.Instant;
import java.util.Optional;

/**
 * Holds the ledger's sums for one owner at one API in one period.
 *
 * @param period label of it
 * @param end empty for a period without end
 */
public record CreditBalance(
        CreditAccount account, String period, Optional<Instant> end, LedgerRowBalance.Totals totals) {

    /** The balance that the next call finds under this allowance. */
    public CreditBalance withAllowance(Allowance allowance) {
        return new CreditBalance(account, period, end, totals.withAllowance(allowance));
    }

    /** Neither spent nor written off. */
    public CreditAmount remaining() {
        return new CreditAmount(totals.granted() - totals.spent() - totals.writtenOff());
    }
}
