package io.latchkey.credits.ledger;

/**
 * Identifies the credits of one owner at one API.
 *
 * @param ownerId of a Keycloak user, that of a service account included
 * @param apiId internal id of the API's client, which never changes
 */
public record CreditAccount(String realmId, String ownerId, String apiId) {}
