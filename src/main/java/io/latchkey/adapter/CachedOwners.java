package io.latchkey.adapter;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentMap;
import org.infinispan.Cache;
import org.keycloak.connections.infinispan.InfinispanConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.CachedUserModel;
import org.keycloak.models.cache.infinispan.RealmCacheSession;
import org.keycloak.models.cache.infinispan.entities.CachedUser;

/**
 * What may be remembered beside the users in Keycloak's cache (26.7: {@code UserCacheSession}). Keycloak forgets a user on
 * every node when anybody changes it; should that message get lost, we forget it here after a while.
 */
public final class CachedOwners {

    private final KeycloakSession session;
    private final Clock clock;
    private final Duration maxAge;

    /** @param maxAge how long a user is believed without being read again */
    public CachedOwners(KeycloakSession session, Clock clock, Duration maxAge) {
        this.session = session;
        this.clock = clock;
        this.maxAge = maxAge;
    }

    /** Lives until anything about the user changes; empty where Keycloak caches no such user. */
    public Optional<ConcurrentMap<Object, Object>> beside(RealmModel realm, String userId) {
        forgetIfStale(userId);
        return beside(session.users().getUserById(realm, userId));
    }

    /** The same for a user that this session has at hand. */
    @SuppressWarnings("unchecked")
    public Optional<ConcurrentMap<Object, Object>> beside(UserModel user) {
        return user instanceof CachedUserModel cached
                        && !cached.isMarkedForEviction()
                        && isFresh(cached.getCacheTimestamp())
                ? Optional.of(cached.getCachedWith())
                : Optional.empty();
    }

    /**
     * Counts every change of realms, clients, scopes, roles and groups that this node hears of, as of the start of this
     * session; empty where Keycloak does not cache them.
     */
    public OptionalLong revision() {
        return session.realms() instanceof RealmCacheSession realms
                ? OptionalLong.of(realms.getStartupRevision())
                : OptionalLong.empty();
    }

    private void forgetIfStale(String userId) {
        InfinispanConnectionProvider caches = session.getProvider(InfinispanConnectionProvider.class);
        if (caches == null) {
            return;
        }
        // A local cache: this tells no other node. The very entry we saw, since a newer one is as fresh as can be.
        Cache<String, Object> users = caches.getCache(InfinispanConnectionProvider.USER_CACHE_NAME, false);
        if (users != null && users.get(userId) instanceof CachedUser user && !isFresh(user.getCacheTimestamp())) {
            users.remove(userId, user);
        }
    }

    private boolean isFresh(long readAt) {
        return clock.millis() - readAt <= maxAge.toMillis();
    }
}
