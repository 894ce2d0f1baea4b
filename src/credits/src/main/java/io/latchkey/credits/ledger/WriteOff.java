package io.latchkey.credits.ledger;

import io.latchkey.model.Credits;

/**
 * Credits of one account that were written off because the node that had leased them died.
 *
 * @param period label of it
 * @param credits since the previous run
 */
public record WriteOff(CreditAccount account, String period, Credits credits) {}
