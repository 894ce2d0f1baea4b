/** Prices calls by price lists, and resolves the allowances of owners. */
package io.latchkey.credits.pricing;
