package io.latchkey.model;

/**
 * Whose credits, and where they can be spent.
 *
 * @param ownerId of a Keycloak user, that of a service account included
 * @param apiId of the client that stands for the API; not its client id, which may change
 */
public record CreditAccount(String realmId, String ownerId, String apiId) {}
