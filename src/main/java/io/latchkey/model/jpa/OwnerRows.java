package io.latchkey.model.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;

/** The rows that changes of one owner's keys wait for each other at. */
final class OwnerRows {

    private final KeycloakSession session;
    private final EntityManager em;

    OwnerRows(KeycloakSession session, EntityManager em) {
        this.session = session;
        this.em = em;
    }

    void lock(String realmId, String ownerId) {
        OwnerEntity.Id id = new OwnerEntity.Id(realmId, ownerId);
        Optional<RuntimeException> failure = ensure(id);
        if (em.find(OwnerEntity.class, id, LockModeType.PESSIMISTIC_WRITE) == null) {
            throw new IllegalStateException(
                    "The row that guards the keys of owner " + ownerId + " cannot be created", failure.orElse(null));
        }
    }

    /**
     * In a transaction of its own: two first keys of one owner then meet at the row instead of failing at its insertion, and
     * the first thing this transaction reads is the lock, so that all it reads later is as new (MySQL shows a transaction the
     * picture of its first read, and locks even the gap where a row is missing).
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
        em.createQuery("delete from OwnerEntity o where o.id.realmId = :realm and o.id.ownerId = :owner")
                .setParameter("realm", realmId)
                .setParameter("owner", ownerId)
                .executeUpdate();
    }

    void removeRealm(String realmId) {
        em.createQuery("delete from OwnerEntity o where o.id.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }
}
