/** Administration, within the permissions Keycloak gives each administrator. */
package io.latchkey.rest.admin;
