/** The record in Keycloak's database. */
package io.latchkey.model.jpa;
