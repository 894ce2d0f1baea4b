package io.latchkey.model.jpa;

import io.latchkey.model.UsageQuery;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** Builds the JPQL condition that selects rows of hourly usage. */
final class UsageCondition {

    private final Map<String, Object> parameters = new HashMap<>();
    private final StringBuilder where = new StringBuilder(
            "k.id = h.id.keyId and k.realmId = :realm and h.id.hourStart >= :from and h.id.hourStart < :to");

    UsageCondition(UsageQuery query) {
        parameters.put("realm", query.realmId());
        parameters.put("from", query.from().truncatedTo(ChronoUnit.HOURS).toEpochMilli());
        parameters.put("to", query.to().toEpochMilli());
        query.ownerId().ifPresent(owner -> {
            where.append(" and k.ownerId = :owner");
            parameters.put("owner", owner);
        });
        query.key().ifPresent(key -> {
            where.append(" and h.id.keyId = :key");
            parameters.put("key", key.value());
        });
        query.apiId().ifPresent(api -> {
            where.append(" and h.id.apiId = :api");
            parameters.put("api", api);
        });
    }

    /** @param condition with that parameter */
    UsageCondition and(String condition, String parameter, Object value) {
        where.append(" and ").append(condition);
        parameters.put(parameter, value);
        return this;
    }

    <T> TypedQuery<T> on(EntityManager em, String select, String order, Class<T> type) {
        TypedQuery<T> query =
                em.createQuery(select + " from HourlyUsageEntity h, KeyEntity k where " + where + order, type);
        parameters.forEach(query::setParameter);
        return query;
    }
}
