package io.latchkey.verify;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.latchkey.key.KeyId;
import io.latchkey.model.ApiKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Caches the owner of each key id on this node. The owner of an id changes only if the key is removed and imported again,
 * so no invalidation is needed.
 *
 * <p>Ids that no realm knows are kept in a bounded cache of their own, so that guessed ids evict no real key.
 */
public final class KeyOwnerIndex {

    private static final int LOCATIONS = 100_000;
    private static final int UNKNOWN_KEYS = 10_000;

    private final Cache<KeyId, Location> locations =
            Caffeine.newBuilder().maximumSize(LOCATIONS).executor(Runnable::run).build();
    private final Cache<UnknownKey, Boolean> unknownKeys;

    /** @param maxAge how long an id counts as unknown before it is looked up again */
    public KeyOwnerIndex(Duration maxAge, Clock clock) {
        this.unknownKeys = Caffeine.newBuilder()
                .maximumSize(UNKNOWN_KEYS)
                .expireAfterWrite(maxAge)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
    }

    Optional<Location> location(KeyId id) {
        return Optional.ofNullable(locations.getIfPresent(id));
    }

    boolean isUnknown(String realmId, KeyId id) {
        return unknownKeys.getIfPresent(new UnknownKey(realmId, id)) != null;
    }

    void put(ApiKey key) {
        locations.put(key.id(), new Location(key.realmId(), key.owner().id()));
    }

    void putUnknown(String realmId, KeyId id) {
        unknownKeys.put(new UnknownKey(realmId, id), true);
    }

    void evictUnknown(String realmId, KeyId id) {
        unknownKeys.invalidate(new UnknownKey(realmId, id));
    }

    /** Realm and owner of a key when it was last read. */
    record Location(String realmId, String ownerId) {}

    private record UnknownKey(String realmId, KeyId id) {}
}
