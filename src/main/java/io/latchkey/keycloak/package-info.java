/**
 * Calls all of Keycloak's implementation classes that Latchkey uses; the first package to check when Keycloak changes. Written
 * against 26.7.
 */
package io.latchkey.keycloak;
