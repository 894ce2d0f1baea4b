/** Puts the parts together: {@link io.latchkey.ApiKeysProvider} is where every door begins, its factory what one node shares. */
package io.latchkey;
