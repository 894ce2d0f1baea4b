/** What one node keeps in memory about the use of keys. */
package io.latchkey.usage;
