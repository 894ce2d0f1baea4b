package io.latchkey.keycloak;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.infinispan.Cache;
import org.keycloak.connections.infinispan.InfinispanConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.CachedRealmModel;
import org.keycloak.models.cache.CachedUserModel;
import org.keycloak.models.cache.infinispan.RealmCacheManager;
import org.keycloak.models.cache.infinispan.RealmCacheSession;
import org.keycloak.models.cache.infinispan.entities.CachedUser;
import org.keycloak.storage.StorageId;

/**
 * Attaches data to users and realms in Keycloak's caches (26.7: {@code UserCacheSession}, {@code RealmCacheSession}), evicts stale users, and tells whether cached data is still
 * valid.
 *
 * <p>Keycloak evicts a changed user or realm on every node, and the attached data with it. In case such a message is lost,
 * this class evicts a user after a maximum age.
 */
public final class OwnerCache {

    private static final int MOST_DERIVED = 256;

    private final KeycloakSession session;
    private final Clock clock;
    private final Duration maxAge;

    /** @param maxAge how long a user is believed without being read again; zero for no memory at all */
    public OwnerCache(KeycloakSession session, Clock clock, Duration maxAge) {
        this.session = session;
        this.clock = clock;
        this.maxAge = maxAge;
    }

    /** Lives until anything about the user changes; empty where Keycloak caches no such user. */
    public Optional<ConcurrentMap<Object, Object>> attachments(RealmModel realm, String userId) {
        evictIfStale(userId);
        return attachments(user(realm, userId));
    }

    /** The user, or {@code null} if there is none; without SQL if this node has found the same user before and nothing has changed. */
    public UserModel user(RealmModel realm, String userId) {
        return users().map(users -> new UserCacheLookup(session, users, user -> isFresh(user.getCacheTimestamp()))
                        .find(realm, userId))
                .orElseGet(() -> session.users().getUserById(realm, userId));
    }

    /** The same for a user that this session has at hand. */
    @SuppressWarnings("unchecked")
    public Optional<ConcurrentMap<Object, Object>> attachments(UserModel user) {
        return user instanceof CachedUserModel cached
                        && !cached.isMarkedForEviction()
                        && isFresh(cached.getCacheTimestamp())
                ? Optional.of(cached.getCachedWith())
                : Optional.empty();
    }

    /** What is attached to a cached user, fresh or not; the session does not read the user. */
    @SuppressWarnings("unchecked")
    public Optional<ConcurrentMap<Object, Object>> attachmentsOfEntry(String userId) {
        return users().map(users -> users.get(userId))
                .filter(CachedUser.class::isInstance)
                .map(user -> ((CachedUser) user).getCachedWith());
    }

    /** Lives until the realm itself changes; not for sessions that change it. */
    @SuppressWarnings("unchecked")
    public Optional<ConcurrentMap<Object, Object>> attachments(RealmModel realm) {
        return realm instanceof CachedRealmModel cached && !maxAge.isZero()
                ? Optional.of(cached.getCachedWith())
                : Optional.empty();
    }

    /**
     * Counts every change of realms, clients, scopes, roles and groups that reaches this node, as of the start of this
     * session; empty where Keycloak does not cache them.
     */
    public OptionalLong revision() {
        return session.realms() instanceof RealmCacheSession realms
                ? OptionalLong.of(realms.getStartupRevision())
                : OptionalLong.empty();
    }

    /**
     * What follows from the clients, scopes and roles of a realm: found out again after any change of them.
     *
     * @param place the attachments that keep the result
     * @param question equal for the same answer
     */
    @SuppressWarnings("unchecked")
    public <T> T computeIfAbsent(Optional<ConcurrentMap<Object, Object>> place, Object question, Supplier<T> answer) {
        OptionalLong revision = revision();
        if (place.isEmpty() || revision.isEmpty()) {
            return answer.get();
        }
        var answers = (ConcurrentMap<Object, Derived>)
                place.get().computeIfAbsent(Derived.class, none -> new ConcurrentHashMap<Object, Derived>());
        Derived before = answers.get(question);
        if (before != null && before.revision() == revision.getAsLong()) {
            return (T) before.answer();
        }
        T fresh = answer.get();
        if (answers.size() >= MOST_DERIVED) {
            answers.clear();
        }
        answers.put(question, new Derived(fresh, revision.getAsLong()));
        return fresh;
    }

    /**
     * Whether a user, the realms, clients, scopes, roles and groups are what they were at the start of this session, to be
     * asked later and without a session; empty where Keycloak's caches can not tell.
     */
    public Optional<BooleanSupplier> validity(UserModel user) {
        Optional<ConcurrentMap<Object, Object>> attachments = attachments(user);
        Optional<Cache<String, Object>> users = users();
        if (attachments.isEmpty() || users.isEmpty() || !(session.realms() instanceof RealmCacheSession realms)) {
            return Optional.empty();
        }
        // A federation may change its mind about a user that is still in the cache.
        if (!StorageId.isLocalStorage(user.getId()) || user.getFederationLink() != null) {
            return Optional.empty();
        }
        return Optional.of(new Unchanged(
                users.get(),
                realms.getCache(),
                user.getId(),
                attachments.get(),
                realms.getStartupRevision(),
                clock,
                maxAge));
    }

    /** Has the user read again where no message may have come for too long; before this session asks for the user. */
    public void evictIfStale(String userId) {
        users().ifPresent(users -> {
            // The very entry we saw, since a newer one is as fresh as can be.
            if (users.get(userId) instanceof CachedUser user && !isFresh(user.getCacheTimestamp())) {
                users.remove(userId, user);
            }
        });
    }

    /** Has the user read again on this node; before this session asks for the user. */
    public void evict(String userId) {
        users().ifPresent(users -> users.remove(userId));
    }

    /** A local cache: an eviction does not reach other nodes. */
    private Optional<Cache<String, Object>> users() {
        return Optional.ofNullable(session.getProvider(InfinispanConnectionProvider.class))
                .map(caches -> caches.getCache(InfinispanConnectionProvider.USER_CACHE_NAME, false));
    }

    private boolean isFresh(long readAt) {
        return isFresh(readAt, clock, maxAge);
    }

    private static boolean isFresh(long readAt, Clock clock, Duration maxAge) {
        long age = clock.millis() - readAt;
        // The age is unknown if the clock was set back.
        return age >= 0 && age < maxAge.toMillis();
    }

    private record Derived(Object answer, long revision) {}

    /** Outlives the session, and so holds nothing of it. */
    private record Unchanged(
            Cache<String, Object> users,
            RealmCacheManager realms,
            String userId,
            Object attachments,
            long revision,
            Clock clock,
            Duration maxAge)
            implements BooleanSupplier {

        @Override
        public boolean getAsBoolean() {
            return realms.getCurrentCounter() == revision
                    && users.get(userId) instanceof CachedUser user
                    && user.getCachedWith() == attachments
                    && isFresh(user.getCacheTimestamp(), clock, maxAge);
        }
    }
}
