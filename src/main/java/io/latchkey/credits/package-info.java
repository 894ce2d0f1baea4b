/** What calls cost, and what a node spends of the credits it has borrowed. */
package io.latchkey.credits;
