package io.latchkey.model.jpa;

import io.latchkey.key.KeyId;
import io.latchkey.model.DailyUsage;
import io.latchkey.model.UsageGrouping;
import io.latchkey.model.UsageQuery;
import io.latchkey.model.UsageStore;
import io.latchkey.model.UsageSum;
import jakarta.persistence.EntityManager;
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
        Jpql.execute(em, "delete from HourlyUsageEntity h where h.id.apiId = ?1", apiId);
    }

    @Override
    public SortedMap<KeyId, List<DailyUsage>> days(UsageQuery query, int first, int max) {
        return UsageQueries.days(em, query, first, max);
    }

    @Override
    public boolean removeBefore(Instant moment, int most) {
        long limit = moment.truncatedTo(ChronoUnit.HOURS).toEpochMilli();
        // No database of ours limits a deletion as another does; the end of a batch is looked up instead.
        String select = "select h.id.hourStart, h.id.keyId from HourlyUsageEntity h where h.id.hourStart < ?1"
                + " order by h.id.hourStart, h.id.keyId";
        List<Object[]> oldest = Jpql.query(em, Object[].class, select, limit)
                .setMaxResults(most)
                .getResultList();
        if (!oldest.isEmpty()) {
            String delete = "delete from HourlyUsageEntity h where h.id.hourStart < ?1"
                    + " or (h.id.hourStart = ?1 and h.id.keyId <= ?2)";
            Jpql.execute(em, delete, oldest.get(oldest.size() - 1));
        }
        return oldest.size() == most;
    }
}
