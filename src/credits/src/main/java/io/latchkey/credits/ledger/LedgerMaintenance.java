package io.latchkey.credits.ledger;

import io.latchkey.credits.ledger.CreditStore.WriteOffBatch;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes off leases of dead nodes, reclaims leases and expires reservations of stopped nodes, and deletes old rows. */
final class LedgerMaintenance {

    private final EntityManager em;

    LedgerMaintenance(EntityManager em) {
        this.em = em;
    }

    WriteOffBatch writeOff(Instant now, int most) {
        List<String> ids = find("open", now.minus(LedgerRowBalance.LOST_AFTER), most);
        List<WriteOff> lost = new ArrayList<>();
        if (!ids.isEmpty()) {
            LockedLedgerRows rows = LockedLedgerRows.lock(em, ids);
            rows.all().forEach(row -> {
                LedgerRowBalance entry = rows.entry(row.id());
                long before = entry.totals().writtenOff();
                entry.writeOff(now);
                long micros = entry.totals().writtenOff() - before;
                if (micros > 0) {
                    lost.add(row.writeOff(micros));
                }
                rows.save(row.id(), entry);
            });
        }
        return new WriteOffBatch(lost, ids.size() == most);
    }

    boolean reclaim(Instant reserved, int most) {
        List<String> ids = find("stopped", reserved, most);
        if (!ids.isEmpty()) {
            LockedLedgerRows rows = LockedLedgerRows.lock(em, ids);
            rows.all().forEach(row -> {
                LedgerRowBalance entry = rows.entry(row.id());
                entry.reclaim(reserved);
                rows.save(row.id(), entry);
            });
        }
        return ids.size() == most;
    }

    private List<String> find(String state, Instant renewedBefore, int most) {
        return em.createQuery(
                        "select distinct l.id.creditId from LeaseEntity l where l.amount > l.used"
                                + " and l.state = :state and l.renewedAt < :renewedBefore",
                        String.class)
                .setParameter("state", state)
                .setParameter("renewedBefore", renewedBefore.toEpochMilli())
                .setMaxResults(most)
                .getResultList();
    }

    /** Expires open reservations of stopped nodes. Their credits are reclaimed with the lease that holds them. */
    List<SettledCall> expire(Instant reserved, int most) {
        // The join begins with the leases, of which there are few.
        List<SettlementEntity> open = em.createQuery(
                        "select s from SettlementEntity s where s.outcome = 'open' and s.recordedAt < :reserved"
                                + " and s.creditId in (select l.id.creditId from LeaseEntity l"
                                + " where l.state = 'stopped' and l.amount > l.used) order by s.reservation",
                        SettlementEntity.class)
                .setParameter("reserved", reserved.toEpochMilli())
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setMaxResults(most)
                .getResultList();
        open.forEach(row -> row.settle(Settlement.expired(row.settlement().id())));
        Map<String, String> apis = apis(open);
        return open.stream()
                .flatMap(row -> row.call().stream()
                        .map(call -> new SettledCall(
                                call, apis.get(row.settlement().id().creditId()), row.settlement())))
                .toList();
    }

    private Map<String, String> apis(List<SettlementEntity> open) {
        Map<String, String> apis = new HashMap<>();
        if (!open.isEmpty()) {
            em.createQuery("select c.id, c.apiId from CreditEntity c where c.id in :ids", Object[].class)
                    .setParameter(
                            "ids",
                            open.stream()
                                    .map(row -> row.settlement().id().creditId())
                                    .collect(Collectors.toSet()))
                    .getResultStream()
                    .forEach(row -> apis.put((String) row[0], (String) row[1]));
        }
        return apis;
    }

    boolean purge(Instant settledBefore, Instant endedBefore, int most) {
        boolean settlements = purge("SettlementEntity", "reservation", "recordedAt", settledBefore, most);
        boolean periods = purge("CreditEntity", "id", "endsAt", endedBefore, most);
        em.createQuery("delete from LeaseEntity l where l.state in ('open', 'stopped') and l.renewedAt < :end"
                        + " and l.amount = l.used")
                .setParameter("end", settledBefore.toEpochMilli())
                .executeUpdate();
        return settlements || periods;
    }

    private boolean purge(String entity, String key, String time, Instant before, int most) {
        List<String> ids = em.createQuery(
                        "select e." + key + " from " + entity + " e where e." + time + " < :end", String.class)
                .setParameter("end", before.toEpochMilli())
                .setMaxResults(most)
                .getResultList();
        if (!ids.isEmpty()) {
            em.createQuery("delete from " + entity + " e where e." + key + " in :ids")
                    .setParameter("ids", ids)
                    .executeUpdate();
        }
        return ids.size() == most;
    }
}
