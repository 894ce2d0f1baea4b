/** What an API may ask about a key that somebody sent to it: token introspection and verify. */
package io.latchkey.introspection;
