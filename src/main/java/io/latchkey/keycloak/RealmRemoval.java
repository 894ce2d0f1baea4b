package io.latchkey.keycloak;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.jpa.entities.RealmEntity;

/**
 * Tells whether a session is removing a realm. Keycloak announces the removal of a realm only after that of every client
 * and client scope, but locks the row of the realm first (26.7: {@code JpaRealmProvider.removeRealm}).
 */
public final class RealmRemoval {

    private RealmRemoval() {}

    public static boolean isUnderWay(KeycloakSession session, RealmModel realm) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        RealmEntity row = em.find(RealmEntity.class, realm.getId());
        return row != null && em.getLockMode(row) == LockModeType.PESSIMISTIC_WRITE;
    }
}
