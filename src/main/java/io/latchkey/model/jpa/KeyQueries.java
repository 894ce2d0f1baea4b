package io.latchkey.model.jpa;

import io.latchkey.model.ActiveKey;
import io.latchkey.model.ApiKey;
import io.latchkey.model.KeyQuery;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Finds and counts keys by the filters of an administrator. The database evaluates every condition, so that pages are
 * complete.
 */
final class KeyQueries {

    private static final String NEWEST_FIRST = " order by k.createdAt desc, k.id";

    private final EntityManager em;

    KeyQueries(EntityManager em) {
        this.em = em;
    }

    List<KeyEntity> page(KeyQuery query, int first, int max) {
        return new KeyQueryCondition(query)
                .on(em, "select k", NEWEST_FIRST, KeyEntity.class)
                .setFirstResult(first)
                .setMaxResults(max)
                .getResultList();
    }

    /** The next keys of a walk over all of them, which costs the same however far it has come. */
    List<KeyEntity> after(KeyQuery query, Optional<ApiKey> last, int max) {
        KeyQueryCondition condition = new KeyQueryCondition(query);
        last.ifPresent(condition::after);
        return condition
                .on(em, "select k", NEWEST_FIRST, KeyEntity.class)
                .setMaxResults(max)
                .getResultList();
    }

    long count(KeyQuery query) {
        return new KeyQueryCondition(query)
                .on(em, "select count(k.id)", "", Long.class)
                .getSingleResult();
    }

    List<KeyEntity> family(String realmId, String family) {
        return em.createQuery(
                        "select k from KeyEntity k where k.realmId = :realm and k.family = :family", KeyEntity.class)
                .setParameter("realm", realmId)
                .setParameter("family", family)
                .getResultList();
    }

    /** Three columns and no entities: this session may have read some of the keys before. */
    List<ActiveKey> living(String realmId, String ownerId, Instant now) {
        return em.createQuery(
                        "select k.family, coalesce(k.familySince, k.createdAt), k.endsAt from KeyEntity k"
                                + " where k.realmId = :realm and k.ownerId = :owner and k.endsAt > :now"
                                + " and k.activation = 'ENABLED'",
                        Object[].class)
                .setParameter("realm", realmId)
                .setParameter("owner", ownerId)
                .setParameter("now", now.toEpochMilli())
                .getResultStream()
                .map(row -> new ActiveKey((String) row[0], Instant.ofEpochMilli((Long) row[1]), end((Long) row[2])))
                .toList();
    }

    private static Instant end(long millis) {
        return millis == KeyEntity.NEVER ? Instant.MAX : Instant.ofEpochMilli(millis);
    }

    List<KeyEntity> endedBefore(Instant moment, int max) {
        return em.createQuery("select k from KeyEntity k where k.endsAt < :moment order by k.endsAt", KeyEntity.class)
                .setParameter("moment", moment.toEpochMilli())
                .setMaxResults(max)
                .getResultList();
    }

    List<KeyEntity> endedBetween(Instant after, Instant until, int first, int max) {
        return em.createQuery(
                        "select k from KeyEntity k where k.endsAt > :after and k.endsAt <= :until order by k.endsAt, k.id",
                        KeyEntity.class)
                .setParameter("after", after.toEpochMilli())
                .setParameter("until", until.toEpochMilli())
                .setFirstResult(first)
                .setMaxResults(max)
                .getResultList();
    }

    List<String> restrictedTo(String realmId, String id) {
        return em.createQuery(
                        "select k.id from KeyEntity k join k.targets t where t.realmId = :realm and t.targetId = :id"
                                + " group by k.id, k.ownerId order by k.ownerId, k.id",
                        String.class)
                .setParameter("realm", realmId)
                .setParameter("id", id)
                .getResultList();
    }
}
