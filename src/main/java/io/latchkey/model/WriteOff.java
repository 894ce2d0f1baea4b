package io.latchkey.model;

/**
 * Credits that are gone with the nodes that had borrowed them.
 *
 * @param period label of it
 * @param credits since the last time anybody looked
 */
public record WriteOff(CreditAccount account, String period, Credits credits) {}
