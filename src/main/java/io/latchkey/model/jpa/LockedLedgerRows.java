package io.latchkey.model.jpa;

import io.latchkey.model.LeaseRecord;
import io.latchkey.model.LedgerEntry;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Ledger rows that one transaction holds, with their leases. */
final class LockedLedgerRows {

    private final EntityManager em;
    private final Map<String, CreditEntity> rows = new HashMap<>();
    private final Map<String, Map<String, LeaseEntity>> leases = new HashMap<>();

    private LockedLedgerRows(EntityManager em) {
        this.em = em;
    }

    /** Locks those rows, in one order everywhere. */
    static LockedLedgerRows lock(EntityManager em, Collection<String> ids) {
        LockedLedgerRows held = new LockedLedgerRows(em);
        em.createQuery("select c from CreditEntity c where c.id in :ids order by c.id", CreditEntity.class)
                .setParameter("ids", new ArrayList<>(new TreeSet<>(ids)))
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .forEach(row -> held.rows.put(row.id(), row));
        held.readLeases();
        return held;
    }

    private void readLeases() {
        rows.keySet().forEach(id -> leases.put(id, new HashMap<>()));
        if (!rows.isEmpty()) {
            em.createQuery("select l from LeaseEntity l where l.id.creditId in :ids", LeaseEntity.class)
                    .setParameter("ids", List.copyOf(rows.keySet()))
                    // As they are now, also on databases that show a transaction the picture of its first read.
                    .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                    .getResultStream()
                    .forEach(lease -> leases.get(lease.creditId()).put(lease.node(), lease));
        }
    }

    boolean holds(String id) {
        return rows.containsKey(id);
    }

    String apiId(String id) {
        return row(id).account().apiId();
    }

    CreditEntity row(String id) {
        return rows.get(id);
    }

    Collection<CreditEntity> all() {
        return rows.values();
    }

    LedgerEntry entry(String id) {
        Map<String, LeaseRecord> loans = new HashMap<>();
        leases.get(id).forEach((node, lease) -> loans.put(node, lease.leaseRecord()));
        return new LedgerEntry(id, rows.get(id).totals(), loans);
    }

    void save(String id, LedgerEntry entry) {
        rows.get(id).take(entry.totals());
        entry.loans().forEach((node, loan) -> {
            LeaseEntity lease = leases.get(id).get(node);
            if (lease == null) {
                lease = new LeaseEntity(id, node);
                leases.get(id).put(node, lease);
                lease.take(loan);
                em.persist(lease);
            } else {
                lease.take(loan);
            }
        });
    }
}
