package io.latchkey.credits.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.io.Serializable;

/**
 * Identifies the credits of one owner at one API.
 *
 * @param ownerId of a Keycloak user, that of a service account included
 * @param apiId internal id of the API's client, which never changes
 */
@Embeddable
public record CreditAccount(
        @Column(name = "REALM_ID", updatable = false) String realmId,
        @Column(name = "OWNER_ID", updatable = false) String ownerId,
        @Column(name = "API_ID", updatable = false) String apiId)
        implements Serializable {}
