package io.latchkey.model;

/**
 * Identifies the user or service account that a key acts for.
 *
 * @param id the id of the Keycloak user; for a service account that of its user, so that Keycloak's own removal and
 *     disabling of that user reaches the key
 */
public record Owner(OwnerType type, String id) {}
