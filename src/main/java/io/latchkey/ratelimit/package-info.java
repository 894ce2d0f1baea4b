/** Limits how often keys are used, by key and by owner, across all nodes. */
package io.latchkey.ratelimit;
