/** Endpoints for the holder of a key, who reads, rotates and revokes that key with the key alone. */
package io.latchkey.rest.self;
