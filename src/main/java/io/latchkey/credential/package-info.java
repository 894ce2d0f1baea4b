/** How Keycloak's own consoles list keys, and how a removal there ends them. */
package io.latchkey.credential;
