/** Issues access tokens from keys: the grant, the token exchange, and the post-processors of every token made from a key. */
package io.latchkey.token;
