package io.latchkey.keycloak;

import java.util.function.Predicate;
import org.infinispan.Cache;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.CachedUserModel;
import org.keycloak.models.cache.UserCache;
import org.keycloak.models.cache.infinispan.RealmCacheSession;
import org.keycloak.models.cache.infinispan.UserAdapter;
import org.keycloak.models.cache.infinispan.UserCacheSession;
import org.keycloak.models.cache.infinispan.entities.CachedUser;
import org.keycloak.storage.StorageId;

/**
 * Finds a user without SQL if Keycloak returned the same cached user before and nothing has changed since.
 *
 * <p>{@code UserCacheSession.validateCache} checks at each look-up whether the user is a managed member of a disabled
 * organization. That costs SQL for each member, because {@code InfinispanOrganizationProvider.isManagedMember} never fills
 * its cache. With admin permissions on it costs SQL for each user, because {@code getByMember} then skips its cache (both
 * 26.7). The decision follows from the cached user and from organizations; a change of an organization counts as a change
 * of the realm.
 */
final class UserCacheLookup {

    private final KeycloakSession session;
    private final Cache<String, Object> users;
    private final Predicate<CachedUser> fresh;

    /**
     * @param users Keycloak's cache of users on this node
     * @param fresh whether a cached user is young enough to be believed
     */
    UserCacheLookup(KeycloakSession session, Cache<String, Object> users, Predicate<CachedUser> fresh) {
        this.session = session;
        this.users = users;
        this.fresh = fresh;
    }

    /** The user, or {@code null} if there is none. */
    UserModel find(RealmModel realm, String userId) {
        if (!(session.getProvider(UserCache.class) instanceof UserCacheSession cache)
                || !(session.realms() instanceof RealmCacheSession realms)) {
            return session.users().getUserById(realm, userId);
        }
        long revision = realms.getStartupRevision();
        CachedUser cached = cached(realm, userId);
        if (cached != null
                && !cache.isInvalid(userId)
                && cached.getCachedWith().get(Validated.class) instanceof Validated validated
                && validated.revision() == revision) {
            return new UserAdapter(cached, cache, session, realm);
        }
        UserModel found = session.users().getUserById(realm, userId);
        if (found instanceof CachedUserModel user && !user.isMarkedForEviction() && isLocal(user)) {
            // Under the number of the session's start: a change that this look-up may have missed comes after it.
            user.getCachedWith().put(Validated.class, new Validated(revision));
        }
        return found;
    }

    private CachedUser cached(RealmModel realm, String userId) {
        return users.get(userId) instanceof CachedUser user && user.getRealm().equals(realm.getId()) && fresh.test(user)
                ? user
                : null;
    }

    /** A federation may change its mind about a user that is still in the cache. */
    private static boolean isLocal(UserModel user) {
        return StorageId.isLocalStorage(user.getId()) && user.getFederationLink() == null;
    }

    private record Validated(long revision) {}
}
