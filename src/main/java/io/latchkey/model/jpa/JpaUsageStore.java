package io.latchkey.model.jpa;

import io.latchkey.key.KeyId;
import io.latchkey.model.DailyUsage;
import io.latchkey.model.UsageGrouping;
import io.latchkey.model.UsageQuery;
import io.latchkey.model.UsageStore;
import io.latchkey.model.UsageSum;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Reads hourly usage from Keycloak's database, in the transaction of the session. */
public final class JpaUsageStore implements UsageStore {

    private final EntityManager em;

    public JpaUsageStore(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    @Override
    public List<UsageSum> find(UsageQuery query, UsageGrouping grouping, int first, int max) {
        return new UsageQueries(em, query, grouping).find(first, max);
    }

    @Override
    public Map<UsageSum.Place, SortedMap<String, Long>> reasons(
            UsageQuery query, UsageGrouping grouping, List<UsageSum> found) {
        return new UsageQueries(em, query, grouping).reasons(found);
    }

    @Override
    public void removeApi(String apiId) {
        Query delete = em.createQuery("delete from HourlyUsageEntity h where h.id.apiId = :api");
        delete.setParameter("api", apiId).executeUpdate();
    }

    @Override
    public SortedMap<KeyId, List<DailyUsage>> days(UsageQuery query, int first, int max) {
        return new DailyUsageQuery(em).find(query, first, max);
    }

    @Override
    public boolean removeBefore(Instant moment, int most) {
        long limit = moment.truncatedTo(ChronoUnit.HOURS).toEpochMilli();
        // No database of ours limits a deletion as another does; the end of a batch is looked up instead.
        List<Hour> oldest = em.createQuery(
                        "select h.id.keyId, h.id.hourStart from HourlyUsageEntity h where h.id.hourStart < :limit"
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
        Query delete = em.createQuery("delete from HourlyUsageEntity h where h.id.hourStart < :start"
                + " or (h.id.hourStart = :start and h.id.keyId <= :key)");
        delete.setParameter("start", last.start()).setParameter("key", last.keyId());
        delete.executeUpdate();
    }

    private record Hour(String keyId, long start) {}
}
