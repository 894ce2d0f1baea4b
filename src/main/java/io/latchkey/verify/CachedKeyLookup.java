package io.latchkey.verify;

import io.latchkey.key.KeyHash;
import io.latchkey.key.KeyId;
import io.latchkey.keycloak.OwnerCache;
import io.latchkey.model.ApiKey;
import io.latchkey.model.ApiKeyStore;
import io.latchkey.policy.KeysPerOwnerLimit;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Finds keys in a cache that is attached to the owner's entry in Keycloak's user cache.
 *
 * <p>Whatever evicts a user there evicts the keys too, so Keycloak's own cluster messages invalidate both. Without a user
 * cache, each lookup reads the database. Belongs to one session.
 */
public final class CachedKeyLookup implements KeyLookup {

    private final Supplier<ApiKeyStore> keys;
    private final KeyOwnerIndex index;
    private final OwnerCache ownerCache;
    private final Set<KeyId> readEarly = new HashSet<>();

    /** @param keys called only when the database has to be read */
    public CachedKeyLookup(Supplier<ApiKeyStore> keys, KeyOwnerIndex index, OwnerCache ownerCache) {
        this.keys = keys;
        this.index = index;
        this.ownerCache = ownerCache;
    }

    /** Whether this session has read the key before its owner, so that the owner may be newer than the key. */
    public boolean isReadEarly(KeyId id) {
        return readEarly.contains(id);
    }

    @Override
    public Optional<ApiKey> find(RealmModel realm, KeyId id) {
        Optional<KeyOwnerIndex.Location> location = location(realm, id);
        if (location.isPresent()) {
            return find(realm, id, location.get().ownerId());
        }
        return index.recentRead(realm.getId(), id).filter(Optional::isEmpty).orElseGet(() -> read(realm, id));
    }

    /** Loads the owner only for a caller who holds the key: the time that it takes would tell others that the key exists. */
    @Override
    public Optional<ApiKey> find(RealmModel realm, KeyId id, Predicate<Optional<KeyHash>> isHeld) {
        Optional<KeyOwnerIndex.Location> location = location(realm, id);
        if (isHeld.test(location.map(KeyOwnerIndex.Location::hash))) {
            return find(realm, id, location.orElseThrow().ownerId());
        }
        // An earlier read refuses a secret, and never accepts one.
        return index.lastRead(realm.getId(), id)
                .filter(read -> !isHeld.test(read.key().map(ApiKey::hash)))
                .filter(read -> index.isRecent(read) || isUnchanged(realm, id, read.key()))
                .map(KeyOwnerIndex.LastRead::key)
                .orElseGet(() -> read(realm, id));
    }

    /** Reads only the hash: to read the whole row of a known id would take longer than to find no row of an unknown one. */
    private boolean isUnchanged(RealmModel realm, KeyId id, Optional<ApiKey> read) {
        boolean unchanged = keys.get().findHash(realm.getId(), id).equals(read.map(ApiKey::hash));
        if (unchanged) {
            index.putRecentRead(realm.getId(), id, read);
        }
        return unchanged;
    }

    /** A key that is cached for another realm may have been moved here by export and import. */
    private Optional<KeyOwnerIndex.Location> location(RealmModel realm, KeyId id) {
        return index.location(id).filter(known -> known.realmId().equals(realm.getId()));
    }

    /** The slots that the keys of this owner occupy. */
    public KeysPerOwnerLimit keysPerOwner(ApiKey key, UserModel owner, Instant now) {
        // A session reads rows as old as the first that it read.
        Optional<ConcurrentMap<Object, Object>> attachments =
                readEarly.isEmpty() ? ownerCache.attachments(owner) : Optional.empty();
        Object known = attachments.map(map -> map.get(KeysPerOwnerLimit.class)).orElse(null);
        if (known == null) {
            known = KeysPerOwnerLimit.of(keys.get().living(key.realmId(), owner.getId(), now));
            if (attachments.isPresent()) {
                attachments.get().put(KeysPerOwnerLimit.class, known);
            }
        }
        return (KeysPerOwnerLimit) known;
    }

    /**
     * Reads a key again, and evicts its owner if the caller holds the key; to be called before this session reads either. An
     * unknown id and a wrong secret cost the same: one read of the hash, and two checks.
     *
     * @param isHeld whether the caller's secret has this hash, if any
     */
    public void refresh(RealmModel realm, KeyId id, Predicate<Optional<KeyHash>> isHeld) {
        index.expireRecentRead(realm.getId(), id);
        Optional<ApiKey> known = location(realm, id)
                .flatMap(location -> ownerCache.attachmentsOfEntry(location.ownerId()))
                .map(attachments -> attachments.get(new CacheKey(id)))
                .flatMap(cached -> ((CachedKey) cached).key());
        if (isHeld.test(known.map(ApiKey::hash))) {
            known.ifPresent(key -> ownerCache.evict(key.owner().id()));
        } else if (isHeld.test(keys.get().findHash(realm.getId(), id))) {
            read(realm, id).ifPresent(key -> ownerCache.evict(key.owner().id()));
        }
    }

    private Optional<ApiKey> find(RealmModel realm, KeyId id, String ownerId) {
        // A session sees a row as it read it first, which may be older than the owner that it has read since.
        if (readEarly.contains(id)) {
            return read(realm, id);
        }
        Optional<ConcurrentMap<Object, Object>> attachments = ownerCache.attachments(realm, ownerId);
        if (attachments.isEmpty()) {
            return read(realm, id);
        }
        // The owner was cached before the key is read: a change in between evicts the map that the key is put into.
        Object known = attachments.get().get(new CacheKey(id));
        if (known == null) {
            Optional<ApiKey> read = keys.get().find(realm.getId(), id);
            // A key that was removed and imported again may have another owner.
            read.ifPresent(index::put);
            known = new CachedKey(read);
            attachments.get().put(new CacheKey(id), known);
        }
        return ((CachedKey) known).key();
    }

    /** Caches the key only to refuse wrong secrets, because the owner was not cached before the key was read. */
    private Optional<ApiKey> read(RealmModel realm, KeyId id) {
        readEarly.add(id);
        Optional<ApiKey> read = keys.get().find(realm.getId(), id);
        read.ifPresent(index::put);
        index.putRecentRead(realm.getId(), id, read);
        // Keycloak may have cached the owner long before this node read the key.
        read.ifPresent(key -> ownerCache.evictIfStale(key.owner().id()));
        return read;
    }

    /** A class of our own, because other extensions may write to the same map. */
    private record CacheKey(KeyId id) {}

    private record CachedKey(Optional<ApiKey> key) {}
}
