/** Buffers the use of keys in the memory of one node until it is written. */
package io.latchkey.usage;
