package io.latchkey.credits.ledger;

import java.util.Optional;

/** Filters ledger rows by realm, and optionally by owner, API and period. */
public record CreditQuery(String realmId, Optional<String> ownerId, Optional<String> apiId, Optional<String> period) {}
