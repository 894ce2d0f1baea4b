/** What one node keeps in memory about the use and the change of keys. */
package io.latchkey.usage;
