/** Reads and validates the policy of a realm and the plans of an owner, which are attributes of realm and roles. */
package io.latchkey.policy;
