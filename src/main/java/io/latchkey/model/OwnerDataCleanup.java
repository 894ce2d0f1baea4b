package io.latchkey.model;

import java.util.List;
import java.util.Optional;

/**
 * Removes the stored data of an owner or a realm, and lists the owners that have some. Bound to one Keycloak session and
 * its transaction.
 */
public interface OwnerDataCleanup {

    /** Owners that have some, in a stable order, starting after {@code after}: for the sweep of orphans. */
    List<OwnedIn> ownersAfter(Optional<OwnedIn> after, int max);

    void removeOwner(String realmId, String ownerId);

    void removeRealm(String realmId);

    /** An owner's id in its realm. */
    record OwnedIn(String realmId, String ownerId) {}
}
