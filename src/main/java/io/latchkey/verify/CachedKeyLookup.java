package io.latchkey.verify;

import io.latchkey.key.KeyId;
import io.latchkey.keycloak.OwnerCache;
import io.latchkey.model.ApiKey;
import io.latchkey.model.ApiKeyStore;
import io.latchkey.policy.KeyQuotaSlots;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Remembers keys beside their owners in Keycloak's user cache, so that whatever makes a node forget an owner makes it forget
 * the keys, and Keycloak's own cluster messages are ours. Without that cache every question goes to the database.
 */
public final class CachedKeyLookup implements KeyLookup {

    private final Supplier<ApiKeyStore> keys;
    private final KeyOwnerIndex index;
    private final OwnerCache memory;
    private final Set<KeyId> readEarly;

    /**
     * @param keys asked for only when the database has to be read
     * @param readEarly where the session notes which keys it read before it knew their owners
     */
    public CachedKeyLookup(Supplier<ApiKeyStore> keys, KeyOwnerIndex index, OwnerCache memory, Set<KeyId> readEarly) {
        this.keys = keys;
        this.index = index;
        this.memory = memory;
        this.readEarly = readEarly;
    }

    @Override
    public Optional<ApiKey> find(RealmModel realm, KeyId id) {
        // A key that is known elsewhere may have been moved here: exported, removed with its realm, and imported.
        Optional<KeyOwnerIndex.Place> place =
                index.place(id).filter(known -> known.realmId().equals(realm.getId()));
        if (place.isPresent()) {
            return find(realm, id, place.get().ownerId());
        }
        return index.isStranger(realm.getId(), id) ? Optional.empty() : read(realm, id);
    }

    /** All living keys of the owner of a key, by age. */
    public KeyQuotaSlots places(ApiKey key, UserModel owner, Instant now) {
        // What a session reads may be as old as what it read first.
        Optional<ConcurrentMap<Object, Object>> beside = readEarly.isEmpty() ? memory.beside(owner) : Optional.empty();
        Object known = beside.map(map -> map.get(KeyQuotaSlots.class)).orElse(null);
        if (known == null) {
            known = KeyQuotaSlots.of(keys.get().living(key.realmId(), owner.getId(), now));
            if (beside.isPresent()) {
                beside.get().put(KeyQuotaSlots.class, known);
            }
        }
        return (KeyQuotaSlots) known;
    }

    /** Has this node read a key and its owner again at the next question; before this session asks for either. */
    public void forget(RealmModel realm, KeyId id) {
        index.forgetStranger(realm.getId(), id);
        index.place(id).ifPresent(place -> memory.forget(place.ownerId()));
    }

    private Optional<ApiKey> find(RealmModel realm, KeyId id, String ownerId) {
        Optional<ConcurrentMap<Object, Object>> beside = memory.beside(realm, ownerId);
        // A session sees a row as it read it first, which may be older than the owner it has got since.
        if (beside.isEmpty() || readEarly.contains(id)) {
            return read(realm, id);
        }
        // The owner was there before the key is read: a change in between takes away the very map we write to.
        Object known = beside.get().get(new Slot(id));
        if (known == null) {
            Optional<ApiKey> read = keys.get().find(realm.getId(), id);
            // An imported key may have come back with another owner.
            read.ifPresent(index::found);
            known = new Remembered(read);
            beside.get().put(new Slot(id), known);
        }
        return ((Remembered) known).key();
    }

    /** Remembers only whose key it is, which is not known until it is read. */
    private Optional<ApiKey> read(RealmModel realm, KeyId id) {
        readEarly.add(id);
        Optional<ApiKey> read = keys.get().find(realm.getId(), id);
        read.ifPresentOrElse(index::found, () -> index.missed(realm.getId(), id));
        // Keycloak may know the owner already, from long before this node saw the key.
        read.ifPresent(key -> memory.forgetIfStale(key.owner().id()));
        return read;
    }

    /** Other extensions may write to the same map. */
    private record Slot(KeyId id) {}

    private record Remembered(Optional<ApiKey> key) {}
}
