package io.latchkey.verify;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.latchkey.key.KeyHash;
import io.latchkey.key.KeyId;
import io.latchkey.model.ApiKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Caches on this node the owner and hash of each key id, and recent reads, which refuse unknown ids and wrong secrets.
 * They tell where to look for a key, and never that it may be used, so no invalidation is needed.
 *
 * <p>Recent reads refuse unknown ids and wrong secrets without SQL. They are kept in a bounded cache of their own, so that
 * guessed ids evict no real key.
 */
public final class KeyOwnerIndex {

    private static final int LOCATIONS = 100_000;
    private static final int LAST_READS = 10_000;

    private final Cache<KeyId, Location> locations =
            Caffeine.newBuilder().maximumSize(LOCATIONS).executor(Runnable::run).build();
    private final Cache<ReadId, LastRead> lastReads = Caffeine.newBuilder()
            .maximumSize(LAST_READS)
            .executor(Runnable::run)
            .build();
    private final Duration maxAge;
    private final Clock clock;

    /** @param maxAge how long an id counts as unknown, or a secret as wrong, before the id is looked up again */
    public KeyOwnerIndex(Duration maxAge, Clock clock) {
        this.maxAge = maxAge;
        this.clock = clock;
    }

    Optional<Location> location(KeyId id) {
        return Optional.ofNullable(locations.getIfPresent(id));
    }

    /** The row that the last read of this id has found, or none; empty if the id was not read recently. */
    Optional<Optional<ApiKey>> recentRead(String realmId, KeyId id) {
        return lastRead(realmId, id).filter(this::isRecent).map(LastRead::key);
    }

    Optional<LastRead> lastRead(String realmId, KeyId id) {
        return Optional.ofNullable(lastReads.getIfPresent(new ReadId(realmId, id)));
    }

    boolean isRecent(LastRead read) {
        return clock.instant().isBefore(read.at().plus(maxAge));
    }

    void put(ApiKey key) {
        locations.put(key.id(), new Location(key.realmId(), key.owner().id(), key.hash()));
    }

    void putRecentRead(String realmId, KeyId id, Optional<ApiKey> read) {
        lastReads.put(new ReadId(realmId, id), new LastRead(read, clock.instant()));
    }

    /** Ends the time for which the last read of this id counts as recent. */
    void expireRecentRead(String realmId, KeyId id) {
        lastReads
                .asMap()
                .computeIfPresent(new ReadId(realmId, id), (same, read) -> new LastRead(read.key(), Instant.EPOCH));
    }

    /** Realm, owner and hash of a key when it was last read. */
    record Location(String realmId, String ownerId, KeyHash hash) {}

    /** The row that a read of an id has found, if any, and when. */
    record LastRead(Optional<ApiKey> key, Instant at) {}

    private record ReadId(String realmId, KeyId id) {}
}
