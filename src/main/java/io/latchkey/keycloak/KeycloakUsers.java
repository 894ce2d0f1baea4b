package io.latchkey.keycloak;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.ReadOnlyUserModelDelegate;
import org.keycloak.services.managers.BruteForceProtector;
import org.keycloak.storage.StorageId;

/** Finds users and reads their state, also while a user federation provider is unreachable. */
public final class KeycloakUsers {

    private static final Logger LOG = Logger.getLogger(KeycloakUsers.class);

    /** The number of values that every database accepts in one condition. */
    private static final int BATCH = 500;

    private KeycloakUsers() {}

    /**
     * Finds a user. Keycloak 26.7 throws the exception of an unreachable federation if it has no copy of the user.
     *
     * @return empty if the user does not exist or Keycloak cannot read it now
     */
    public static Optional<UserModel> find(KeycloakSession session, RealmModel realm, String userId) {
        return find(userId, () -> session.users().getUserById(realm, userId));
    }

    /** As {@link #find(KeycloakSession, RealmModel, String)}, without SQL for a cached user ({@link OwnerCache#user}). */
    public static Optional<UserModel> find(OwnerCache ownerCache, RealmModel realm, String userId) {
        return find(userId, () -> ownerCache.user(realm, userId));
    }

    private static Optional<UserModel> find(String userId, Supplier<UserModel> lookup) {
        try {
            return Optional.ofNullable(lookup.get());
        } catch (RuntimeException unreachable) {
            if (StorageId.isLocalStorage(userId)) {
                throw unreachable;
            }
            LOG.debugf(unreachable, "User %s cannot be read from its federation", userId);
            return Optional.empty();
        }
    }

    /**
     * Whether the user's federation is unreachable or disabled, so that groups and roles from there are missing. Keycloak 26.7 then
     * wraps its copy of the user ({@code UserStorageManager.validateFederatedUser}).
     */
    public static boolean isFederationUnreachable(UserModel user) {
        return user instanceof ReadOnlyUserModelDelegate && user.isFederated();
    }

    /**
     * Whether Keycloak's brute-force detection has locked the user (26.7: {@code BruteForceProtector}, whose other methods change in
     * every minor release).
     */
    public static boolean isLocked(KeycloakSession session, RealmModel realm, UserModel user) {
        if (!realm.isBruteForceProtected()) {
            return false;
        }
        BruteForceProtector protector = session.getProvider(BruteForceProtector.class);
        return protector.isTemporarilyDisabled(session, realm, user)
                || protector.isPermanentlyLockedOut(session, realm, user);
    }

    /** Returns those ids that belong neither to a local user nor to an existing federation. */
    public static List<String> removed(KeycloakSession session, RealmModel realm, Collection<String> userIds) {
        Set<String> local = findLocal(session, realm, userIds).keySet();
        return userIds.stream()
                .filter(userId -> {
                    StorageId id = new StorageId(userId);
                    return id.isLocal() ? !local.contains(userId) : realm.getComponent(id.getProviderId()) == null;
                })
                .toList();
    }

    /** Finds local users by id in Keycloak's table (26.7: {@code UserEntity}), with one statement for {@value #BATCH} ids. */
    public static Map<String, LocalUser> findLocal(
            KeycloakSession session, RealmModel realm, Collection<String> userIds) {
        List<String> ids =
                userIds.stream().distinct().filter(StorageId::isLocalStorage).toList();
        Map<String, LocalUser> found = new HashMap<>();
        for (int from = 0; from < ids.size(); from += BATCH) {
            session.getProvider(JpaConnectionProvider.class)
                    .getEntityManager()
                    .createQuery(
                            "select u.id, u.username, u.serviceAccountClientLink from UserEntity u"
                                    + " where u.realmId = :realm and u.id in (:ids)",
                            Object[].class)
                    .setParameter("realm", realm.getId())
                    .setParameter("ids", ids.subList(from, Math.min(ids.size(), from + BATCH)))
                    .getResultList()
                    .forEach(row -> found.put(
                            (String) row[0], new LocalUser((String) row[1], Optional.ofNullable((String) row[2]))));
        }
        return found;
    }

    /** @param client id of the client whose service account the user is */
    public record LocalUser(String username, Optional<String> client) {}
}
