/** Whether a key may be used now. {@link io.latchkey.verify.KeyVerifier} decides for every door. */
package io.latchkey.verify;
