/** Key in, access token out: the grant, and the stamp on every token that goes back to a key. */
package io.latchkey.token;
