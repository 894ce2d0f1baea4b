package io.latchkey.verify;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.latchkey.key.KeyHash;
import io.latchkey.key.KeyId;
import io.latchkey.model.ApiKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Caches the owner and the hash of each key id on this node. They tell where to look for a key, and never that it may be
 * used, so no invalidation is needed.
 *
 * <p>Recent reads refuse unknown ids and wrong secrets without SQL. They are kept in a bounded cache of their own, so that
 * guessed ids evict no real key.
 */
public final class KeyOwnerIndex {

    private static final int LOCATIONS = 100_000;
    private static final int RECENT_READS = 10_000;

    private final Cache<KeyId, Location> locations =
            Caffeine.newBuilder().maximumSize(LOCATIONS).executor(Runnable::run).build();
    private final Cache<RecentRead, Optional<ApiKey>> recentReads;

    /** @param maxAge how long an id counts as unknown, or a secret as wrong, before the id is looked up again */
    public KeyOwnerIndex(Duration maxAge, Clock clock) {
        this.recentReads = Caffeine.newBuilder()
                .maximumSize(RECENT_READS)
                .expireAfterWrite(maxAge)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
    }

    Optional<Location> location(KeyId id) {
        return Optional.ofNullable(locations.getIfPresent(id));
    }

    /** The row that the last read of this id has found, or none; empty if the id was not read recently. */
    Optional<Optional<ApiKey>> recentRead(String realmId, KeyId id) {
        return Optional.ofNullable(recentReads.getIfPresent(new RecentRead(realmId, id)));
    }

    void put(ApiKey key) {
        locations.put(key.id(), new Location(key.realmId(), key.owner().id(), key.hash()));
    }

    void putRecentRead(String realmId, KeyId id, Optional<ApiKey> read) {
        recentReads.put(new RecentRead(realmId, id), read);
    }

    void evictRecentRead(String realmId, KeyId id) {
        recentReads.invalidate(new RecentRead(realmId, id));
    }

    /** Realm, owner and hash of a key when it was last read. */
    record Location(String realmId, String ownerId, KeyHash hash) {}

    private record RecentRead(String realmId, KeyId id) {}
}
