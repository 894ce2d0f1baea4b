/** Puts the parts together: {@link io.latchkey.Latchkey} is where every door begins, its factory what one node shares. */
package io.latchkey;
