package io.latchkey.model.jpa;

import io.latchkey.key.KeyId;
import io.latchkey.model.DayOfUse;
import io.latchkey.model.HourOfUse;
import io.latchkey.model.UsageQuery;
import io.latchkey.model.UsageStore;
import io.latchkey.model.UseSlot;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** The hours of use in Keycloak's database, in the transaction of the session. */
public final class JpaUsageStore implements UsageStore {

    private final EntityManager em;

    public JpaUsageStore(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    @Override
    public List<HourOfUse> find(UsageQuery query, int first, int max) {
        List<Hour> page = page(query, first, max);
        if (page.isEmpty()) {
            return List.of();
        }
        Map<Hour, Map<String, Long>> outcomes = outcomes(page);
        List<HourOfUse> found = new ArrayList<>();
        for (Hour hour : page) {
            TreeMap<String, Long> rejected = new TreeMap<>(outcomes.getOrDefault(hour, Map.of()));
            Long accepted = rejected.remove(UseSlot.ACCEPTED);
            found.add(new HourOfUse(
                    new KeyId(hour.keyId()),
                    Instant.ofEpochMilli(hour.start()),
                    accepted == null ? 0 : accepted,
                    rejected));
        }
        return found;
    }

    @Override
    public SortedMap<KeyId, List<DayOfUse>> days(UsageQuery query, int first, int max) {
        return new UseDays(em).find(query, first, max);
    }

    private List<Hour> page(UsageQuery query, int first, int max) {
        return new UseCondition(query)
                .on(
                        em,
                        "select h.id.keyId, h.id.hourStart",
                        " group by h.id.hourStart, h.id.keyId order by h.id.hourStart desc, h.id.keyId",
                        Object[].class)
                .setFirstResult(first)
                .setMaxResults(max)
                .getResultStream()
                .map(row -> new Hour((String) row[0], (Long) row[1]))
                .toList();
    }

    /** Of the keys of a page, in the time it covers. */
    private Map<Hour, Map<String, Long>> outcomes(List<Hour> page) {
        Map<Hour, Map<String, Long>> outcomes = new HashMap<>();
        em.createQuery(
                        "select h.id.keyId, h.id.hourStart, h.id.outcome, h.uses from UseHourEntity h"
                                + " where h.id.keyId in :keys and h.id.hourStart between :oldest and :newest",
                        Object[].class)
                .setParameter("keys", page.stream().map(Hour::keyId).collect(Collectors.toSet()))
                .setParameter("oldest", page.get(page.size() - 1).start())
                .setParameter("newest", page.get(0).start())
                .getResultStream()
                .forEach(row -> outcomes.computeIfAbsent(
                                new Hour((String) row[0], (Long) row[1]), hour -> new HashMap<>())
                        .put((String) row[2], (Long) row[3]));
        return outcomes;
    }

    @Override
    public boolean removeBefore(Instant moment, int most) {
        long limit = moment.truncatedTo(ChronoUnit.HOURS).toEpochMilli();
        // No database of ours limits a deletion as another does; the end of a batch is looked up instead.
        List<Hour> oldest = em.createQuery(
                        "select h.id.keyId, h.id.hourStart from UseHourEntity h where h.id.hourStart < :limit"
                                + " order by h.id.hourStart, h.id.keyId",
                        Object[].class)
                .setParameter("limit", limit)
                .setMaxResults(most)
                .getResultStream()
                .map(row -> new Hour((String) row[0], (Long) row[1]))
                .toList();
        if (!oldest.isEmpty()) {
            removeUntil(oldest.get(oldest.size() - 1));
        }
        return oldest.size() == most;
    }

    private void removeUntil(Hour last) {
        Query delete = em.createQuery("delete from UseHourEntity h where h.id.hourStart < :start"
                + " or (h.id.hourStart = :start and h.id.keyId <= :key)");
        delete.setParameter("start", last.start()).setParameter("key", last.keyId());
        delete.executeUpdate();
    }

    private record Hour(String keyId, long start) {}
}
