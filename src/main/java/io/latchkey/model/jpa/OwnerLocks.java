package io.latchkey.model.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.UserCache;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.UserStorageUtil;

/**
 * Locks the rows that serialize changes of one owner's keys. Each owner has one from the first key until the owner is
 * removed.
 *
 * <p>A removal of the user and a change that adds a key both lock Keycloak's row of the user first and ours second. So the removal
 * either sees the new key, or the change sees that the user is gone.
 */
record OwnerLocks(KeycloakSession session, EntityManager em) {

    /** Locks the row of an owner who has keys. Without a row there is nothing to lock: a removal took it, and the keys with it. */
    void lock(String realmId, String ownerId) {
        em.find(OwnerEntity.class, new OwnerEntity.Id(realmId, ownerId), LockModeType.PESSIMISTIC_WRITE);
    }

    /** @return false when there is no such owner (any more) */
    boolean lockForNewKey(String realmId, String ownerId) {
        boolean local = StorageId.isLocalStorage(ownerId);
        if (!isPresent(realmId, ownerId) || local && !lockUser(ownerId)) {
            return false;
        }
        lockOrMake(new OwnerEntity.Id(realmId, ownerId));
        // A user who is not imported has no row in Keycloak; the federation has to be queried once more.
        return local || isPresent(realmId, ownerId);
    }

    /**
     * Asks in a transaction of its own, before this one reads anything: Keycloak removes an imported user whom its federation no longer
     * has as soon as it looks, in yet another transaction, which must not wait for a lock that this one holds (26.7, {@code
     * UserStorageManager.deleteInvalidUser}).
     */
    private boolean isPresent(String realmId, String ownerId) {
        return KeycloakModelUtils.runJobInTransactionWithResult(session.getKeycloakSessionFactory(), other -> {
            RealmModel realm = other.realms().getRealm(realmId);
            if (realm == null) {
                return false;
            }
            other.getContext().setRealm(realm);
            UserModel user = other.users().getUserById(realm, ownerId);
            UserCache cache = UserStorageUtil.userCache(other);
            if (user == null || cache == null || !user.isFederated()) {
                return user != null;
            }
            cache.evict(realm, user);
            return other.users().getUserById(realm, ownerId) != null;
        });
    }

    /**
     * Locks Keycloak's row of a user, as its removal does (26.7, {@code JpaUserProvider.removeUser}). Not the entity, which this session
     * may have read before.
     */
    private boolean lockUser(String userId) {
        return !Jpql.query(em, String.class, "select u.id from UserEntity u where u.id = ?1", userId)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList()
                .isEmpty();
    }

    private void lockOrMake(OwnerEntity.Id id) {
        Optional<RuntimeException> failure = ensure(id);
        if (em.find(OwnerEntity.class, id, LockModeType.PESSIMISTIC_WRITE) == null) {
            throw new IllegalStateException(
                    "The row that guards the keys of an owner cannot be created", failure.orElse(null));
        }
    }

    /**
     * In a transaction of its own: two first keys of one owner then meet at the row instead of failing at its insertion, and
     * all that this transaction has read are rows that it locks, so that what it reads later is as new (MySQL shows a transaction the
     * picture of its first read that locks nothing, and locks even the gap where a row is missing).
     *
     * @return why the row was not made; often because another request was faster, which is just as good
     */
    private Optional<RuntimeException> ensure(OwnerEntity.Id id) {
        try {
            KeycloakModelUtils.runJobInTransaction(session.getKeycloakSessionFactory(), other -> {
                EntityManager others =
                        other.getProvider(JpaConnectionProvider.class).getEntityManager();
                if (others.find(OwnerEntity.class, id) == null) {
                    others.persist(new OwnerEntity(id));
                }
            });
            return Optional.empty();
        } catch (RuntimeException failed) {
            return Optional.of(failed);
        }
    }

    void remove(String realmId, String ownerId) {
        if (StorageId.isLocalStorage(ownerId)) {
            lockUser(ownerId);
        } else {
            lockOrMake(new OwnerEntity.Id(realmId, ownerId));
        }
        OwnedTable.owners(em).removeOwner(realmId, ownerId);
    }
}
