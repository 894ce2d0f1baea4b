package io.latchkey.keys;

import io.latchkey.model.ApiKey;
import java.time.Instant;
import java.util.Optional;

/**
 * Imports a key from another installation or a backup with its id and hash. An import needs no free slot, since a refusal
 * would cut off the key's user: above the maximum the newest families are suspended.
 */
public record KeyImport(KeyContext context) {

    public KeyChangeResult<ApiKey> importKey(ApiKey key) {
        if (!context.keys().lockOwnerForNewKey(key.realmId(), key.owner().id())) {
            return KeyChangeResult.refused(KeyChangeRefusal.invalid("owner", "there is no such owner"));
        }
        return check(key)
                .<KeyChangeResult<ApiKey>>map(KeyChangeResult::refused)
                .orElseGet(() -> KeyChangeResult.done(stored(key).orElseGet(() -> store(key))));
    }

    private ApiKey store(ApiKey key) {
        context.keys().add(key);
        context.syncCredential(key);
        context.audit().created(key);
        return key;
    }

    /** Why {@link #importKey} would refuse that key now, if it would. Changes and locks nothing. */
    public Optional<KeyChangeRefusal> check(ApiKey key) {
        if (!context.hasher().knows(key.hash().pepperVersion())) {
            return Optional.of(
                    KeyChangeRefusal.invalid("hash.pepperVersion", "no pepper of that version is configured"));
        }
        if (stored(key).isPresent()) {
            return Optional.empty();
        }
        if (context.keys().exists(key.id())) {
            return Optional.of(KeyChangeRefusal.invalid("id", "another key has this id"));
        }
        Instant now = context.now();
        // The names of keys that have ended are free.
        boolean ended = key.endsAt().filter(end -> !end.isAfter(now)).isPresent();
        if (ended && context.keys().columnTooNarrowFor(key.name()).isEmpty()) {
            return Optional.empty();
        }
        return context.keysPerOwner()
                .anotherKey(key.owner(), now)
                .map(full -> KeyChangeRefusal.invalid("owner", full.detail()))
                .or(() -> KeyCreation.name(context, key.owner(), key.name(), key.family(), now));
    }

    private Optional<ApiKey> stored(ApiKey key) {
        return context.keys()
                .find(key.realmId(), key.id())
                .filter(present -> present.hash().equals(key.hash()));
    }
}
