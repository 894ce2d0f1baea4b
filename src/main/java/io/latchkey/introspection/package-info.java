/** Endpoints at which an API checks a key that it received: token introspection and verify. */
package io.latchkey.introspection;
