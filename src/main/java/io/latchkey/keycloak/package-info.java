/** The only room that calls Keycloak's implementation classes; what breaks first when Keycloak changes. Written against 26.7. */
package io.latchkey.keycloak;
