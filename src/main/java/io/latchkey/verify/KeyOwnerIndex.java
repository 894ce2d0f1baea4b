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
 * Whose key an id belongs to, as one node has seen it. That changes only for a key that is removed and imported again, so
 * nobody has to be told about it; the key itself is remembered beside its owner. Bounded: ids that no realm knows are kept
 * apart, so that guessing pushes out no real key.
 */
public final class KeyOwnerIndex {

    private static final int PLACES = 100_000;
    private static final int STRANGERS = 10_000;

    private final Cache<KeyId, Place> places =
            Caffeine.newBuilder().maximumSize(PLACES).executor(Runnable::run).build();
    private final Cache<Stranger, Boolean> strangers;

    /** @param maxAge how long an id counts as unknown before it is looked up again */
    public KeyOwnerIndex(Duration maxAge, Clock clock) {
        this.strangers = Caffeine.newBuilder()
                .maximumSize(STRANGERS)
                .expireAfterWrite(maxAge)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
    }

    Optional<Place> place(KeyId id) {
        return Optional.ofNullable(places.getIfPresent(id));
    }

    boolean isStranger(String realmId, KeyId id) {
        return strangers.getIfPresent(new Stranger(realmId, id)) != null;
    }

    void found(ApiKey key) {
        places.put(key.id(), new Place(key.realmId(), key.owner().id()));
    }

    void missed(String realmId, KeyId id) {
        strangers.put(new Stranger(realmId, id), true);
    }

    void forgetStranger(String realmId, KeyId id) {
        strangers.invalidate(new Stranger(realmId, id));
    }

    /** Where a key was when it was last read. */
    record Place(String realmId, String ownerId) {}

    private record Stranger(String realmId, KeyId id) {}
}
