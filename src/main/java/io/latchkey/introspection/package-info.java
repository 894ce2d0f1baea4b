/** What APIs may ask about a key they were sent: token introspection (RFC 7662), and verify. */
package io.latchkey.introspection;
