package io.latchkey.credits.ledger;

import io.latchkey.model.jpa.LatchkeyEntityProvider;

/** Registers entities and changelog of the ledger with Keycloak, which records the changelog in DATABASECHANGELOG_LATCHKEY_C. */
public final class CreditsEntityProvider extends LatchkeyEntityProvider {

    public CreditsEntityProvider() {
        super("latchkey-credits", AllowanceEntity.class, CreditEntity.class, LeaseEntity.class, SettlementEntity.class);
    }
}
