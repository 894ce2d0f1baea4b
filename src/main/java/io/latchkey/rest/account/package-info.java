/** Self-service: people and their own keys. */
package io.latchkey.rest.account;
