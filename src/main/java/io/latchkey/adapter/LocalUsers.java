package io.latchkey.adapter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.storage.StorageId;

/** What Keycloak itself knows of users, without asking a user federation (26.7: {@code UserEntity}). */
public final class LocalUsers {

    private LocalUsers() {}

    /** Those of some users of a realm who cannot exist any more: neither among Keycloak's own, nor in a federation that is there. */
    public static List<String> vanished(KeycloakSession session, RealmModel realm, Collection<String> userIds) {
        List<String> own = new ArrayList<>();
        List<String> vanished = new ArrayList<>();
        for (String userId : userIds) {
            StorageId id = new StorageId(userId);
            if (id.isLocal()) {
                own.add(userId);
            } else if (realm.getComponent(id.getProviderId()) == null) {
                vanished.add(userId);
            }
        }
        if (!own.isEmpty()) {
            Set<String> there = new HashSet<>(existing(session, realm, own));
            own.stream().filter(id -> !there.contains(id)).forEach(vanished::add);
        }
        return vanished;
    }

    private static List<String> existing(KeycloakSession session, RealmModel realm, List<String> ids) {
        return session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .createQuery("select u.id from UserEntity u where u.realmId = :realm and u.id in (:ids)", String.class)
                .setParameter("realm", realm.getId())
                .setParameter("ids", ids)
                .getResultList();
    }
}
