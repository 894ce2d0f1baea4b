package io.latchkey.model.jpa;

import io.latchkey.key.KeyId;
import io.latchkey.model.LastUse;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The rows of {@code LATCHKEY_USE}. */
final class UseRows {

    private final EntityManager em;

    UseRows(EntityManager em) {
        this.em = em;
    }

    Map<KeyId, LastUse> find(Collection<KeyId> ids) {
        Map<KeyId, LastUse> uses = new HashMap<>();
        if (!ids.isEmpty()) {
            em.createQuery("select u from UseEntity u where u.keyId in :ids", UseEntity.class)
                    .setParameter("ids", values(ids))
                    .getResultStream()
                    .forEach(row -> uses.put(new KeyId(row.keyId()), row.toLastUse()));
        }
        return uses;
    }

    void add(Map<KeyId, LastUse> uses) {
        // In one order on every node, so that two nodes with the same keys cannot wait for each other.
        Map<String, LastUse> sorted = new TreeMap<>();
        uses.forEach((id, use) -> sorted.put(id.value(), use));
        sorted.keySet().retainAll(existing(sorted.keySet()));
        sorted.forEach((id, use) -> {
            UseEntity row = em.find(UseEntity.class, id, LockModeType.PESSIMISTIC_WRITE);
            UseEntity target = row == null ? new UseEntity(id) : row;
            target.add(use);
            if (row == null) {
                em.persist(target);
            }
        });
    }

    void remove(Collection<KeyId> ids) {
        em.createQuery("delete from UseEntity u where u.keyId in :ids")
                .setParameter("ids", values(ids))
                .executeUpdate();
    }

    void removeRealm(String realmId) {
        em.createQuery(
                        "delete from UseEntity u where u.keyId in (select k.id from KeyEntity k where k.realmId = :realm)")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    /** The key may have gone since it was used. */
    private Set<String> existing(Collection<String> ids) {
        return new HashSet<>(em.createQuery("select k.id from KeyEntity k where k.id in :ids", String.class)
                .setParameter("ids", ids)
                .getResultList());
    }

    private static List<String> values(Collection<KeyId> ids) {
        return ids.stream().map(KeyId::value).toList();
    }
}
