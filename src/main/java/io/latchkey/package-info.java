/** Composes the provider: {@link io.latchkey.ApiKeysProvider} serves one session, its factory starts one module for each capability. */
package io.latchkey;
