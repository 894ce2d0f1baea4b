package io.latchkey.keycloak;

import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.ReadOnlyUserModelDelegate;
import org.keycloak.storage.StorageId;

/** Finds users and tells whether their user federation provider is out of reach. */
public final class FederatedUserLookup {

    private static final Logger LOG = Logger.getLogger(FederatedUserLookup.class);

    private FederatedUserLookup() {}

    /**
     * Looks a user up. Keycloak 26.7 passes on the exception of an unreachable federation where it has no copy of the user.
     *
     * @return empty when there is no such user, or none that Keycloak can see now
     */
    public static Optional<UserModel> find(KeycloakSession session, RealmModel realm, String userId) {
        return find(userId, () -> session.users().getUserById(realm, userId));
    }

    /** The same without SQL for a user that this node has found before ({@link OwnerCache#user}). */
    public static Optional<UserModel> find(OwnerCache ownerCache, RealmModel realm, String userId) {
        return find(userId, () -> ownerCache.user(realm, userId));
    }

    private static Optional<UserModel> find(String userId, Supplier<UserModel> users) {
        try {
            return Optional.ofNullable(users.get());
        } catch (RuntimeException unreachable) {
            if (StorageId.isLocalStorage(userId)) {
                throw unreachable;
            }
            LOG.debugf(unreachable, "User %s cannot be read from its federation", userId);
            return Optional.empty();
        }
    }

    /**
     * Whether Keycloak knows only its own copy of this user now: groups and roles that come from the federation are missing. Keycloak 26.7
     * then wraps the copy ({@code UserStorageManager.validateFederatedUser}), when the federation is unreachable or disabled.
     */
    public static boolean isUnreachable(UserModel user) {
        return user instanceof ReadOnlyUserModelDelegate && user.isFederated();
    }
}
