package io.latchkey.model;

import java.time.Instant;
import java.util.Optional;

/**
 * How one owner stands at one API in one period.
 *
 * @param period label of it
 * @param end empty when it never ends
 */
public record CreditBalance(CreditAccount account, String period, Optional<Instant> end, LedgerEntry.Totals totals) {

    public Credits granted() {
        return new Credits(totals.granted());
    }

    public Credits toppedUp() {
        return new Credits(totals.toppedUp());
    }

    public Credits spent() {
        return new Credits(totals.spent());
    }

    /** Lent to nodes: partly reserved or spent already. */
    public Credits lent() {
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
