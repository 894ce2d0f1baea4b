package io.latchkey.model;

import java.util.Optional;

/** Which rows of the ledger somebody wants to see. */
public record CreditQuery(String realmId, Optional<String> ownerId, Optional<String> apiId, Optional<String> period) {}
