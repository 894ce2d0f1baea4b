package io.latchkey.keys;

import io.latchkey.model.ApiKeyStore;
import io.latchkey.model.Owner;
import io.latchkey.policy.KeysPerOwnerLimit;
import io.latchkey.policy.OwnerPolicy;
import java.time.Instant;
import java.util.Optional;

/** Checks whether the maximum number of keys per owner permits a change. A result is valid only while the caller holds the owner's lock. */
record KeysPerOwnerRule(String realmId, ApiKeyStore keys) {

    /** Most keys of one owner that have not ended. Each node reads all usable ones of an owner at once. */
    static final int MOST_KEYS = 10_000;

    /** Whether a key of that family may become usable, which takes a slot unless the family has one. */
    Optional<KeyChangeRefusal> slot(Owner owner, String family, OwnerPolicy terms, Instant now) {
        return KeysPerOwnerLimit.of(keys.living(realmId, owner.id(), now)).hasSlotFor(family, terms.maxKeys(), now)
                ? Optional.empty()
                : tooMany("The maximum number of keys of this owner is " + terms.maxKeys() + ", and no slot is free.");
    }

    /** Whether the owner may have one more key, enabled or not. */
    Optional<KeyChangeRefusal> anotherKey(Owner owner, Instant now) {
        return keys.countNotEnded(realmId, owner.id(), now) < MOST_KEYS
                ? Optional.empty()
                : tooMany("This owner has " + MOST_KEYS + " keys that have not ended. No owner may have more.");
    }

    private static Optional<KeyChangeRefusal> tooMany(String detail) {
        return Optional.of(KeyChangeRefusal.of(KeyChangeRefusal.Kind.LIMIT_REACHED, detail));
    }
}
