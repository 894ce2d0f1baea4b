package io.latchkey.model.jpa;

import io.latchkey.key.KeyPrefix;
import io.latchkey.model.ComparableName;
import io.latchkey.model.KeyQuery;
import io.latchkey.model.KeyStatus;
import io.latchkey.model.LivingKey;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds keys by what an administrator asks for; every condition is the database's to decide, so that pages stay honest. */
final class KeySearch {

    private final EntityManager em;

    KeySearch(EntityManager em) {
        this.em = em;
    }

    List<KeyEntity> page(KeyQuery query, int first, int max) {
        return run("select k", " order by k.createdAt desc, k.id", KeyEntity.class, query)
                .setFirstResult(first)
                .setMaxResults(max)
                .getResultList();
    }

    long count(KeyQuery query) {
        return run("select count(k.id)", "", Long.class, query).getSingleResult();
    }

    List<KeyEntity> family(String realmId, String family) {
        return em.createQuery(
                        "select k from KeyEntity k where k.realmId = :realm and k.family = :family", KeyEntity.class)
                .setParameter("realm", realmId)
                .setParameter("family", family)
                .getResultList();
    }

    /** Three columns and no entities: this session may have read some of the keys before. */
    List<LivingKey> living(String realmId, String ownerId, Instant now) {
        return em.createQuery(
                        "select k.family, coalesce(k.familySince, k.createdAt), k.endsAt from KeyEntity k"
                                + " where k.realmId = :realm and k.ownerId = :owner and k.endsAt > :now"
                                + " and k.activation = 'ENABLED'",
                        Object[].class)
                .setParameter("realm", realmId)
                .setParameter("owner", ownerId)
                .setParameter("now", now.toEpochMilli())
                .getResultStream()
                .map(row -> new LivingKey((String) row[0], Instant.ofEpochMilli((Long) row[1]), end((Long) row[2])))
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

    /** Reads every key of the realm: clients and client scopes are removed rarely, keys are used all the time. */
    List<KeyEntity> restrictedTo(String realmId, String id) {
        return em.createQuery(
                        "select k from KeyEntity k where k.realmId = :realm"
                                + " and (locate(:id, k.scopes) > 0 or locate(:id, k.audiences) > 0)",
                        KeyEntity.class)
                .setParameter("realm", realmId)
                .setParameter("id", id)
                .getResultList();
    }

    private <T> TypedQuery<T> run(String select, String order, Class<T> type, KeyQuery query) {
        Map<String, Object> parameters = new HashMap<>();
        String where = where(query, parameters);
        TypedQuery<T> typed = em.createQuery(select + " from KeyEntity k where " + where + order, type);
        parameters.forEach(typed::setParameter);
        return typed;
    }

    private static String where(KeyQuery query, Map<String, Object> parameters) {
        StringBuilder where = new StringBuilder("k.realmId = :realm");
        parameters.put("realm", query.realmId());
        query.ownerId().ifPresent(owner -> {
            where.append(" and k.ownerId = :owner");
            parameters.put("owner", owner);
        });
        where.append(query.status()
                .map(KeySearch::is)
                .orElse(" and k.revokedAt is null and (k.graceUntil is null or k.graceUntil > :now)"));
        query.search().ifPresent(text -> search(text, where, parameters));
        query.unusedSince().ifPresent(since -> {
            where.append(" and not exists (select u.keyId from UseEntity u where u.keyId = k.id"
                    + " and u.uses > 0 and u.lastUsedAt >= :since)");
            parameters.put("since", since.toEpochMilli());
        });
        if (query.neverUsed()) {
            where.append(" and not exists (select n.keyId from UseEntity n where n.keyId = k.id and n.uses > 0)");
        }
        query.expiringBefore().ifPresent(before -> {
            where.append(" and k.expiresAt < :before and k.endsAt > :now");
            parameters.put("before", before.toEpochMilli());
        });
        if (where.indexOf(":now") >= 0) {
            parameters.put("now", query.now().toEpochMilli());
        }
        return where.toString();
    }

    /** The same order of precedence as {@link io.latchkey.model.ApiKey#statusAt}. */
    private static String is(KeyStatus status) {
        return switch (status) {
            case ACTIVE -> " and k.endsAt > :now and k.activation = 'ENABLED' and k.replacedBy is null";
            case ROTATING -> " and k.endsAt > :now and k.activation = 'ENABLED' and k.replacedBy is not null";
            case DISABLED -> " and k.endsAt > :now and k.activation <> 'ENABLED'";
            case EXPIRED ->
                " and k.expiresAt <= :now and k.revokedAt is null and (k.graceUntil is null or k.graceUntil > :now)";
            case REVOKED -> " and (k.graceUntil <= :now or k.revokedAt is not null)";
        };
    }

    private static void search(String text, StringBuilder where, Map<String, Object> parameters) {
        Optional<String> id = startOfId(text);
        where.append(" and (k.nameLower like :part escape '!'")
                .append(id.isPresent() ? " or k.id like :id escape '!')" : ")");
        parameters.put("part", "%" + literal(ComparableName.of(text)) + "%");
        id.ifPresent(start -> parameters.put("id", start + "%"));
    }

    /** The id, or the beginning of it that a preview shows; not so short that it would find keys by chance. */
    private static Optional<String> startOfId(String text) {
        int cut = text.lastIndexOf('_') + 1;
        boolean preview = cut == 0 || KeyPrefix.parse(text.substring(0, cut)).isPresent();
        String start = text.substring(cut).replaceFirst("\\.+$", "");
        return preview && start.matches("[0-9A-Za-z]{4,12}") ? Optional.of(start) : Optional.empty();
    }

    private static String literal(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }
}
