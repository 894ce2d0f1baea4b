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
        if (!desk.keys.lockOwnerForNewKey(key.realmId(), key.owner().id())) {
            return Outcome.refused(Refusal.invalid("owner", "there is no such owner"));
        }
        Optional<Refusal> unfit = unfit(key);
        if (unfit.isPresent()) {
            return Outcome.refused(unfit.get());
        }
        if (isThere(key)) {
            return Outcome.done(desk.keys.find(key.realmId(), key.id()).orElseThrow());
        }
        desk.keys.add(key);
        desk.listing.show(key, desk.now());
        desk.audit.created(key);
        return Outcome.done(key);
    }

    Optional<Refusal> unfit(ApiKey key) {
        if (!desk.hasher.knows(key.hash().pepperVersion())) {
            return Optional.of(Refusal.invalid("hash.pepperVersion", "no pepper of that version is configured"));
        }
        if (isThere(key)) {
            return Optional.empty();
        }
        if (desk.keys.exists(key.id())) {
            return Optional.of(Refusal.invalid("id", "another key has this id"));
        }
        // The names of keys that have ended are free.
        boolean ended = key.endsAt().filter(end -> !end.isAfter(desk.now())).isPresent();
        if (ended && desk.keys.columnTooNarrowFor(key.name()).isEmpty()) {
            return Optional.empty();
        }
        return desk.quota()
                .anotherKey(key.owner(), desk.now())
                .map(full -> Refusal.invalid("owner", full.detail()))
                .or(() -> KeyCreation.nameUnfit(desk, key.owner(), key.name(), key.family(), desk.now()));
    }

    private boolean isThere(ApiKey key) {
        return desk.keys
                .find(key.realmId(), key.id())
                .filter(present -> present.hash().equals(key.hash()))
                .isPresent();
    }
}
