package io.latchkey.keycloak;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.storage.StorageId;

/** Queries Keycloak's own user table without asking a user federation provider (26.7: {@code UserEntity}). */
public final class LocalUsers {

    /** As many as every database takes in one condition. */
    private static final int AT_ONCE = 500;

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

    /** Those of some users of a realm who are among Keycloak's own, by their ids; one statement for every {@value #AT_ONCE} of them. */
    public static Map<String, Entry> find(KeycloakSession session, RealmModel realm, Collection<String> userIds) {
        List<String> ids = userIds.stream()
                .distinct()
                .filter(id -> new StorageId(id).isLocal())
                .toList();
        Map<String, Entry> found = new HashMap<>();
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            session.getProvider(JpaConnectionProvider.class)
                    .getEntityManager()
                    .createQuery(
                            "select u.id, u.username, u.serviceAccountClientLink from UserEntity u"
                                    + " where u.realmId = :realm and u.id in (:ids)",
                            Object[].class)
                    .setParameter("realm", realm.getId())
                    .setParameter("ids", ids.subList(from, Math.min(ids.size(), from + AT_ONCE)))
                    .getResultList()
                    .forEach(row -> found.put(
                            (String) row[0], new Entry((String) row[1], Optional.ofNullable((String) row[2]))));
        }
        return found;
    }

    /** @param client id of the client whose service account it is */
    public record Entry(String username, Optional<String> client) {}

    private static List<String> existing(KeycloakSession session, RealmModel realm, List<String> ids) {
        return session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .createQuery("select u.id from UserEntity u where u.realmId = :realm and u.id in (:ids)", String.class)
                .setParameter("realm", realm.getId())
                .setParameter("ids", ids)
                .getResultList();
    }
}
