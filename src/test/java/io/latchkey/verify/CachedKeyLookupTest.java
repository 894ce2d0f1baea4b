package io.latchkey.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.fakes.MovingClock;
import io.latchkey.fakes.Stub;
import io.latchkey.key.KeyId;
import io.latchkey.keycloak.OwnerCache;
import io.latchkey.model.ApiKey;
import io.latchkey.model.ApiKeyStore;
import io.latchkey.model.Owner;
import io.latchkey.model.OwnerType;
import io.latchkey.model.TestKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.infinispan.Cache;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.infinispan.InfinispanConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserProvider;

/** Without Keycloak's user cache, so that what is left is whose keys they are, and who is unknown. */
class CachedKeyLookupTest {

    private static final Duration MAX_AGE = Duration.ofSeconds(10);

    private final MovingClock clock = new MovingClock();
    private final Map<String, ApiKey> stored = new HashMap<>();
    private final List<String> reads = new ArrayList<>();
    private final List<String> looked = new ArrayList<>();
    private final KeyOwnerIndex index = new KeyOwnerIndex(MAX_AGE, clock);
    private final CachedKeyLookup keys =
            new CachedKeyLookup(this::store, index, new OwnerCache(session(), clock, MAX_AGE));
    private final ApiKey key = TestKeys.active();

    @Test
    void aKeyIsFoundInItsOwnRealmOnly() {
        stored.put("realm", key);

        assertEquals(Optional.of(key), find("realm"));
        assertEquals(Optional.empty(), find("another"));
        assertEquals(Optional.of(key), find("realm"));
    }

    @Test
    void anUnknownIdIsNotReadAgainForAWhile() {
        find("realm");
        find("realm");
        clock.advance(MAX_AGE.minusMillis(1));
        find("realm");
        assertEquals(List.of("realm"), reads);

        clock.advance(Duration.ofMillis(1));
        find("realm");
        assertEquals(List.of("realm", "realm"), reads);
    }

    @Test
    void whatIsUnknownInOneRealmMayBeKnownInAnother() {
        stored.put("realm", key);

        find("another");

        assertEquals(Optional.of(key), find("realm"));
    }

    @Test
    void aKeyThatMovedToAnotherRealmIsFoundThere() {
        stored.put("realm", key);
        find("realm");

        stored.remove("realm");
        stored.put("another", key);

        assertEquals(Optional.of(key), find("another"));
    }

    @Test
    void aKeyThatCameBackWithAnotherOwnerIsKnownAsTheirs() {
        stored.put("realm", TestKeys.ownedBy(new Owner(OwnerType.USER, "before")));
        find("realm");

        stored.put("realm", TestKeys.ownedBy(new Owner(OwnerType.USER, "after")));
        find("realm");

        assertEquals("after", index.location(key.id()).orElseThrow().ownerId());
    }

    @Test
    void anOwnerWhomKeycloakKnowsIsNotBelievedForLongerAtTheFirstUse() {
        stored.put("realm", key);

        find("realm");

        assertEquals(List.of("owner"), looked);
    }

    private Optional<ApiKey> find(String realmId) {
        return keys.find(Stub.of(RealmModel.class).with("getId", realmId).make(), key.id());
    }

    private ApiKeyStore store() {
        return Stub.of(ApiKeyStore.class)
                .answering("find", sent -> read((String) sent[0], (KeyId) sent[1]))
                .make();
    }

    private Optional<ApiKey> read(String realmId, KeyId id) {
        reads.add(realmId);
        return Optional.ofNullable(stored.get(realmId))
                .filter(found -> found.id().equals(id));
    }

    private KeycloakSession session() {
        Cache<?, ?> cached = Stub.of(Cache.class)
                .answering("get", sent -> {
                    looked.add((String) sent[0]);
                    return null;
                })
                .make();
        InfinispanConnectionProvider caches = Stub.of(InfinispanConnectionProvider.class)
                .with("getCache", cached)
                .make();
        UserProvider users =
                Stub.of(UserProvider.class).with("getUserById", null).make();
        return Stub.of(KeycloakSession.class)
                .with("getProvider", caches)
                .with("users", users)
                .make();
    }
}
