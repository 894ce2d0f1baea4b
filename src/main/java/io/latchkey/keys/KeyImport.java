package io.latchkey.keys;

import io.latchkey.model.ApiKey;
import java.util.Optional;

/**
 * Imports a key from another installation or a backup with its id and hash. An import needs no free slot, since a refusal
 * would cut off the key's user: above the quota the newest families are suspended.
 */
final class KeyImport {

    private final KeyService keyService;

    KeyImport(KeyService keyService) {
        this.keyService = keyService;
    }

    KeyChangeResult<ApiKey> importKey(ApiKey key) {
        if (!keyService.keys.lockOwnerForNewKey(key.realmId(), key.owner().id())) {
            return KeyChangeResult.refused(KeyChangeRefusal.invalid("owner", "there is no such owner"));
        }
        Optional<KeyChangeRefusal> unfit = unfit(key);
        if (unfit.isPresent()) {
            return KeyChangeResult.refused(unfit.get());
        }
        if (isThere(key)) {
            return KeyChangeResult.done(
                    keyService.keys.find(key.realmId(), key.id()).orElseThrow());
        }
        keyService.keys.add(key);
        keyService.listing.show(key, keyService.now());
        keyService.audit.created(key);
        return KeyChangeResult.done(key);
    }

    Optional<KeyChangeRefusal> unfit(ApiKey key) {
        if (!keyService.hasher.knows(key.hash().pepperVersion())) {
            return Optional.of(
                    KeyChangeRefusal.invalid("hash.pepperVersion", "no pepper of that version is configured"));
        }
        if (isThere(key)) {
            return Optional.empty();
        }
        if (keyService.keys.exists(key.id())) {
            return Optional.of(KeyChangeRefusal.invalid("id", "another key has this id"));
        }
        // The names of keys that have ended are free.
        boolean ended =
                key.endsAt().filter(end -> !end.isAfter(keyService.now())).isPresent();
        if (ended && keyService.keys.columnTooNarrowFor(key.name()).isEmpty()) {
            return Optional.empty();
        }
        return keyService
                .quota()
                .anotherKey(key.owner(), keyService.now())
                .map(full -> KeyChangeRefusal.invalid("owner", full.detail()))
                .or(() -> KeyCreation.nameUnfit(keyService, key.owner(), key.name(), key.family(), keyService.now()));
    }

    private boolean isThere(ApiKey key) {
        return keyService
                .keys
                .find(key.realmId(), key.id())
                .filter(present -> present.hash().equals(key.hash()))
                .isPresent();
    }
}
