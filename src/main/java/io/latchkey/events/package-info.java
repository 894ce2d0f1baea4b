/** Changes and uses as Keycloak events. */
package io.latchkey.events;
