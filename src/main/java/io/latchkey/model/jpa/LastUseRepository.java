package io.latchkey.model.jpa;

import io.latchkey.key.KeyId;
import io.latchkey.model.LastUse;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.Timeouts;
import org.hibernate.jpa.SpecHints;

/** Reads and writes the rows of LATCHKEY_USE. They go with their keys, by the database itself. */
record LastUseRepository(EntityManager em) {

    /** Keys that were only ever rejected have a row and no use. */
    Map<KeyId, LastUse> find(Collection<KeyId> ids) {
        Map<KeyId, LastUse> uses = new HashMap<>();
        if (!ids.isEmpty()) {
            String jpql = "select u from LastUseEntity u where u.keyId in ?1 and u.uses > 0";
            List<String> values = ids.stream().map(KeyId::value).toList();
            Jpql.query(em, LastUseEntity.class, jpql, values)
                    .getResultStream()
                    .forEach(row -> uses.put(new KeyId(row.keyId()), row.toLastUse()));
        }
        return uses;
    }

    /**
     * Locks the rows of these keys until the transaction ends.
     *
     * @param patient whether to wait for rows that others have locked, or to leave them out
     */
    Map<String, LastUseEntity> lock(Collection<String> ids, boolean patient) {
        String jpql = "select u from LastUseEntity u where u.keyId in ?1 order by u.keyId";
        TypedQuery<LastUseEntity> query =
                Jpql.query(em, LastUseEntity.class, jpql, ids).setLockMode(LockModeType.PESSIMISTIC_WRITE);
        if (!patient) {
            query.setHint(SpecHints.HINT_SPEC_LOCK_TIMEOUT, Timeouts.SKIP_LOCKED_MILLI);
        }
        return query.getResultStream().collect(Collectors.toMap(LastUseEntity::keyId, Function.identity()));
    }

    /** Those of the keys that exist, with a row or without. */
    List<String> keys(Collection<String> ids) {
        return Jpql.query(em, String.class, "select k.id from KeyEntity k where k.id in ?1", ids)
                .getResultList();
    }

    /** Those of the keys that exist and have no row yet, in order. */
    List<String> missing(Collection<String> ids) {
        String jpql = "select k.id from KeyEntity k where k.id in ?1"
                + " and not exists (select u.keyId from LastUseEntity u where u.keyId = k.id) order by k.id";
        return Jpql.query(em, String.class, jpql, ids).getResultList();
    }

    void create(String id) {
        em.persist(new LastUseEntity(id));
    }
}
