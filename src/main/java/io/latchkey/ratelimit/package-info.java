/** How often keys may be used: by key and by owner, counted on every node at once and told to the others soon. */
package io.latchkey.ratelimit;
