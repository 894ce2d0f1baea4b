/** Decides whether a key may be used now. Every endpoint calls {@link io.latchkey.verify.KeyVerifier}. */
package io.latchkey.verify;
