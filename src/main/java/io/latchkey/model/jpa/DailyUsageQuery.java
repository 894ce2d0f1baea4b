package io.latchkey.model.jpa;

import io.latchkey.key.KeyId;
import io.latchkey.model.DailyUsage;
import io.latchkey.model.UsageCounterId;
import io.latchkey.model.UsageGrouping.Grain;
import io.latchkey.model.UsageQuery;
import jakarta.persistence.EntityManager;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sums hourly usage per day in the database, so that one page of keys is one page of rows. */
final class DailyUsageQuery {

    private static final String START = UsageQueries.start(Grain.DAY);

    private final EntityManager em;

    DailyUsageQuery(EntityManager em) {
        this.em = em;
    }

    SortedMap<KeyId, List<DailyUsage>> find(UsageQuery query, int first, int max) {
        List<String> keys = new UsageCondition(query)
                .on(em, "select h.id.keyId", " group by h.id.keyId order by h.id.keyId", String.class)
                .setFirstResult(first)
                .setMaxResults(max)
                .getResultList();
        SortedMap<KeyId, List<DailyUsage>> found =
                new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
        if (!keys.isEmpty()) {
            days(query, keys)
                    .forEach(row -> found.computeIfAbsent(new KeyId((String) row[0]), key -> new ArrayList<>())
                            .add(day(row)));
        }
        return found;
    }

    private List<Object[]> days(UsageQuery query, List<String> keys) {
        return em.createQuery(
                        "select h.id.keyId, " + START + ", " + UsageQueries.uses(UsageCounterId.ACCEPTED) + ", "
                                + UsageQueries.others()
                                + " from HourlyUsageEntity h"
                                + " where h.id.keyId in :keys and h.id.hourStart >= :from and h.id.hourStart < :to"
                                + " group by h.id.keyId, " + START + " order by h.id.keyId, " + START,
                        Object[].class)
                .setParameter("keys", keys)
                .setParameter("from", query.from().truncatedTo(ChronoUnit.HOURS).toEpochMilli())
                .setParameter("to", query.to().toEpochMilli())
                .getResultList();
    }

    private static DailyUsage day(Object[] row) {
        long accepted = ((Number) row[2]).longValue();
        long rejected = ((Number) row[3]).longValue();
        long day = ((Number) row[1]).longValue() / Grain.DAY.millis();
        return new DailyUsage(LocalDate.ofEpochDay(day), accepted, rejected);
    }
}
