/** Keeps allowances, balances, leases and settlements in the database. */
package io.latchkey.credits.ledger;
