package io.latchkey.lifecycle;

import io.latchkey.model.ApiKey;
import java.util.Optional;

/**
 * Takes over keys from another installation or a backup. They keep their ids and hashes. An import needs no free slot, since
 * refusing a key here would strand its user: above the quota the newest families are suspended.
 */
final class KeyAdoption {

    private final KeyDesk desk;

    KeyAdoption(KeyDesk desk) {
        this.desk = desk;
    }

    Outcome<ApiKey> adopt(ApiKey key) {
        if (!desk.hasher.knows(key.hash().pepperVersion())) {
            return Outcome.refused(Refusal.invalid("hash.pepperVersion", "no pepper of that version is configured"));
        }
        if (!desk.keys.lockOwnerForNewKey(key.realmId(), key.owner().id())) {
            return Outcome.refused(Refusal.invalid("owner", "there is no such owner"));
        }
        Optional<ApiKey> present = desk.keys.find(key.realmId(), key.id());
        if (present.isPresent() && present.get().hash().equals(key.hash())) {
            return Outcome.done(present.get());
        }
        if (present.isPresent() || desk.keys.exists(key.id())) {
            return Outcome.refused(Refusal.invalid("id", "another key has this id"));
        }
        Optional<Refusal> unfit = desk.quota()
                .anotherKey(key.owner(), desk.now())
                .map(full -> Refusal.invalid("owner", full.detail()))
                .or(() -> KeyCreation.nameUnfit(desk, key.owner(), key.name(), key.family(), desk.now()));
        if (unfit.isPresent()) {
            return Outcome.refused(unfit.get());
        }
        desk.keys.add(key);
        desk.listing.show(key, desk.now());
        desk.audit.created(key);
        return Outcome.done(key);
    }
}
