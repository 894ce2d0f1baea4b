package io.latchkey.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.fakes.MovingClock;
import io.latchkey.key.KeyHash;
import io.latchkey.key.KeyId;
import io.latchkey.keycloak.OwnerCache;
import io.latchkey.model.ApiKey;
import io.latchkey.model.ApiKeyStore;
import io.latchkey.model.KeySlotUse;
import io.latchkey.model.TestKeys;
import io.latchkey.policy.KeysPerOwnerLimit;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.infinispan.Cache;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.infinispan.InfinispanConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.cache.CachedUserModel;
import org.keycloak.models.cache.infinispan.entities.CachedUser;

/** With a user cache that forgets when it is told to, and a database that says what was read from it. */
class CachedUserKeyLookupTest {

    private static final ApiKey KEY = TestKeys.active();
    private static final Duration MAX_AGE = Duration.ofSeconds(10);

    private final MovingClock clock = new MovingClock();
    private final KeyOwnerIndex index = new KeyOwnerIndex(MAX_AGE, clock);
    private final Map<KeyId, ApiKey> rows = new HashMap<>(Map.of(KEY.id(), KEY));
    private final List<KeyId> reads = new ArrayList<>();
    private final List<KeyId> hashReads = new ArrayList<>();
    private final List<KeySlotUse> living =
            new ArrayList<>(List.of(new KeySlotUse(KEY.family(), KEY.createdAt(), Instant.MAX)));
    private final List<Object> evicted = new ArrayList<>();
    private int listings;
    private int ownerLookups;
    private ConcurrentHashMap<Object, Object> besideOwner = new ConcurrentHashMap<>();
    private Instant ownerReadAt = clock.instant();

    @Test
    void aKeyIsReadOnceAfterItsOwnerIsKnown() {
        request().find(realm("realm"), KEY.id());
        request().find(realm("realm"), KEY.id());
        request().find(realm("realm"), KEY.id());

        assertEquals(2, reads.size());
    }

    @Test
    void nothingIsRememberedBesideAnOwnerThatMayBeOld() {
        request().find(realm("realm"), KEY.id());
        for (Instant moment :
                List.of(clock.instant().minus(MAX_AGE), clock.instant().plusSeconds(1))) {
            ownerReadAt = moment;
            reads.clear();

            request().find(realm("realm"), KEY.id());
            request().find(realm("realm"), KEY.id());

            assertEquals(2, reads.size(), moment::toString);
        }
    }

    @Test
    void anUnknownIdIsLookedUpOnce() {
        assertTrue(request().find(realm("realm"), TestKeys.id('z')).isEmpty());
        assertTrue(request().find(realm("realm"), TestKeys.id('z')).isEmpty());

        assertEquals(1, reads.size());
    }

    @Test
    void aKeyOfAnotherRealmIsUnknownAndLookedUpOnce() {
        request().find(realm("realm"), KEY.id());
        reads.clear();

        assertTrue(request().find(realm("other"), KEY.id()).isEmpty());
        assertTrue(request().find(realm("other"), KEY.id()).isEmpty());
        assertEquals(1, reads.size());
    }

    @Test
    void aKeyIsFoundInTheRealmItHasMovedTo() {
        request().find(realm("realm"), KEY.id());
        ApiKey moved = in("other");
        rows.put(KEY.id(), moved);

        assertEquals(Optional.of(moved), request().find(realm("other"), KEY.id()));
    }

    @Test
    void whatARequestReadBeforeTheOwnerWasKnownIsNotRemembered() {
        CachedKeyLookup early = request();
        early.find(realm("realm"), KEY.id());
        // Now the key changes, and its owner is forgotten; the early request still has the row as it was.
        rows.remove(KEY.id());
        besideOwner = new ConcurrentHashMap<>();
        assertEquals(Optional.of(KEY), early.find(realm("realm"), KEY.id()));

        assertTrue(request().find(realm("realm"), KEY.id()).isEmpty());
    }

    @Test
    void theOwnersOtherKeysAreReadOnceUntilTheOwnerIsForgotten() {
        assertFalse(isBeyondOne(request()));
        living.add(new KeySlotUse("older", KEY.createdAt().minusMillis(1), Instant.MAX));
        assertFalse(isBeyondOne(request()));

        besideOwner = new ConcurrentHashMap<>();

        assertTrue(isBeyondOne(request()));
        assertTrue(isBeyondOne(request()));
        assertEquals(2, listings);
    }

    @Test
    void aListReadAfterSomethingOlderIsNotRemembered() {
        CachedKeyLookup early = request();
        early.find(realm("realm"), KEY.id());
        isBeyondOne(early);

        isBeyondOne(request());

        assertEquals(2, listings);
    }

    @Test
    void refreshWithAWrongSecretReadsOneRowAndEvictsNobody() {
        remember();

        assertEquals(2, refresh(KEY.id(), false).size());
        assertEquals(List.of(KEY.id()), hashReads);
        assertEquals(List.of(), evicted);
    }

    @Test
    void refreshOfAnUnknownIdReadsOneRowAgain() {
        request().find(realm("realm"), TestKeys.id('z'));
        reads.clear();

        assertEquals(2, refresh(TestKeys.id('z'), false).size());
        assertEquals(List.of(TestKeys.id('z')), hashReads);
        assertEquals(List.of(), evicted);
    }

    @Test
    void refreshWithTheRightKeyEvictsItsOwner() {
        remember();

        assertEquals(List.of(Optional.of(KEY.hash())), refresh(KEY.id(), true));
        assertEquals(List.of(KEY.owner().id()), evicted);
    }

    @Test
    void refreshWithARightKeyThatIsNotCachedEvictsItsOwner() {
        assertEquals(List.of(Optional.empty(), Optional.of(KEY.hash())), refresh(KEY.id(), true));
        assertEquals(List.of(KEY.owner().id()), evicted);
    }

    @Test
    void wrongSecretOfAKnownKeyCostsWhatAnUnknownIdCosts() {
        remember();
        ownerReadAt = clock.instant().minus(MAX_AGE);
        for (KeyId id : List.of(KEY.id(), TestKeys.id('z'))) {
            compare(id);
            reads.clear();
            ownerLookups = 0;

            clock.advance(MAX_AGE);
            assertEquals(List.of(3, 3), List.of(compare(id), compare(id)), id::toString);
            // The hash alone: reading a row takes longer than finding none.
            assertEquals(List.of(), reads);
            assertEquals(List.of(id), hashReads);
            assertEquals(0, ownerLookups, id::toString);
            hashReads.clear();
        }
    }

    @Test
    void keyThatWasRemovedIsUnknownOnceTheReadIsOld() {
        compare(KEY.id());
        rows.remove(KEY.id());
        clock.advance(MAX_AGE);

        assertTrue(request().find(realm("realm"), KEY.id(), hash -> false).isEmpty());
    }

    @Test
    void recentReadAcceptsNobody() {
        request().find(realm("realm"), KEY.id(), hash -> false);
        rows.remove(KEY.id());
        besideOwner = new ConcurrentHashMap<>();

        assertTrue(request().find(realm("realm"), KEY.id(), Optional::isPresent).isEmpty());
    }

    @Test
    void changedHashIsReadBeforeASecretIsRefused() {
        remember();
        ApiKey rehashed = copy("realm", new KeyHash(7, "0".repeat(64)));
        rows.put(KEY.id(), rehashed);
        clock.advance(MAX_AGE);

        assertEquals(Optional.of(rehashed), request().find(realm("realm"), KEY.id(), hash -> false));
        assertEquals(List.of(KEY.id()), reads);
    }

    /** Compares a wrong secret; answers how many hashes that took, with the one of the verifier. */
    private int compare(KeyId id) {
        AtomicInteger hashes = new AtomicInteger(1);
        request().find(realm("realm"), id, hash -> hashes.incrementAndGet() < 0);
        return hashes.get();
    }

    private void remember() {
        request().find(realm("realm"), KEY.id());
        request().find(realm("realm"), KEY.id());
        reads.clear();
    }

    /** Refreshes and finds a key in one request; answers what the secret was compared with. */
    private List<Optional<KeyHash>> refresh(KeyId id, boolean right) {
        List<Optional<KeyHash>> compared = new ArrayList<>();
        CachedKeyLookup keys = request();
        keys.refresh(realm("realm"), id, found -> {
            compared.add(found);
            return right && found.isPresent();
        });
        keys.find(realm("realm"), id);
        return compared;
    }

    private boolean isBeyondOne(CachedKeyLookup keys) {
        KeysPerOwnerLimit keysPerOwner = keys.keysPerOwner(KEY, owner(), clock.instant());
        return keysPerOwner.isBeyond(1, KEY.family(), KEY.createdAt(), clock.instant());
    }

    private static ApiKey in(String realm) {
        return copy(realm, KEY.hash());
    }

    private static ApiKey copy(String realm, KeyHash hash) {
        return new ApiKey(
                KEY.id(),
                realm,
                KEY.prefix(),
                KEY.owner(),
                KEY.settings(),
                KEY.origin(),
                KEY.confirmed(),
                KEY.rotation(),
                KEY.revocation(),
                hash,
                KEY.version());
    }

    /** A row that was read is the same to the end of the request, as with any persistence context. */
    private CachedKeyLookup request() {
        Map<KeyId, Optional<ApiKey>> context = new HashMap<>();
        ApiKeyStore store = proxy(
                ApiKeyStore.class,
                Map.of(
                        "find",
                        arguments -> {
                            KeyId id = (KeyId) arguments[1];
                            return context.computeIfAbsent(id, this::read)
                                    .filter(key -> key.realmId().equals(arguments[0]));
                        },
                        "findHash",
                        arguments -> {
                            hashReads.add((KeyId) arguments[1]);
                            return Optional.ofNullable(rows.get(arguments[1]))
                                    .filter(key -> key.realmId().equals(arguments[0]))
                                    .map(ApiKey::hash);
                        },
                        "living",
                        arguments -> {
                            listings++;
                            return List.copyOf(living);
                        }));
        return new CachedKeyLookup(() -> store, index, new OwnerCache(session(), clock, MAX_AGE));
    }

    private Optional<ApiKey> read(KeyId id) {
        reads.add(id);
        return Optional.ofNullable(rows.get(id));
    }

    private CachedUserModel owner() {
        return proxy(
                CachedUserModel.class,
                Map.of(
                        "getId", none -> KEY.owner().id(),
                        "isMarkedForEviction", none -> false,
                        "getCacheTimestamp", none -> ownerReadAt.toEpochMilli(),
                        "getCachedWith", none -> besideOwner));
    }

    private KeycloakSession session() {
        UserProvider users = proxy(UserProvider.class, Map.of("getUserById", none -> {
            ownerLookups++;
            return owner();
        }));
        Cache<?, ?> cache = proxy(
                Cache.class,
                Map.of("get", sent -> sent[0].equals(KEY.owner().id()) ? new CachedOwner() : null, "remove", sent -> {
                    if (sent.length == 2) {
                        return true;
                    }
                    evicted.add(sent[0]);
                    return null;
                }));
        InfinispanConnectionProvider caches =
                proxy(InfinispanConnectionProvider.class, Map.of("getCache", none -> cache));
        return proxy(
                KeycloakSession.class,
                Map.of(
                        "users",
                        none -> users,
                        "getProvider",
                        sent -> sent[0] == InfinispanConnectionProvider.class ? caches : null));
    }

    /** The entry of the owner in Keycloak's user cache. */
    private final class CachedOwner extends CachedUser {

        CachedOwner() {
            super(1L, realm("realm"), user(), 0);
        }

        @Override
        @SuppressWarnings("rawtypes")
        public ConcurrentHashMap getCachedWith() {
            return besideOwner;
        }

        @Override
        public long getCacheTimestamp() {
            return ownerReadAt.toEpochMilli();
        }
    }

    private static RealmModel realm(String id) {
        return proxy(RealmModel.class, Map.of("getId", none -> id));
    }

    private static UserModel user() {
        return (UserModel) Proxy.newProxyInstance(
                UserModel.class.getClassLoader(),
                new Class<?>[] {UserModel.class},
                (self, method, arguments) -> method.getReturnType() == boolean.class ? Boolean.TRUE : null);
    }

    private interface Answer {
        Object to(Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Map<String, Answer> answers) {
        Object proxy = Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answers.get(method.getName()).to(arguments));
        return type.cast(proxy);
    }
}
