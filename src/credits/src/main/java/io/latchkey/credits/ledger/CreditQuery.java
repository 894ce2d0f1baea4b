package io.latchkey.credits.ledger;

import java.util.Optional;

/** Selects rows of the ledger. */
public record CreditQuery(String realmId, Optional<String> ownerId, Optional<String> apiId, Optional<String> period) {}
