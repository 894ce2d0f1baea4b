package io.latchkey.credits.ledger;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Locks ledger rows and their leases for one transaction. */
final class LockedLedgerRows {

    private final EntityManager em;
    private final Map<String, CreditEntity> rows = new HashMap<>();
    private final Map<String, Map<String, LeaseEntity>> leases = new HashMap<>();

    private LockedLedgerRows(EntityManager em) {
        this.em = em;
    }

    /** Locks rows in the order of their ids, which prevents deadlocks. */
    static LockedLedgerRows lock(EntityManager em, Collection<String> ids) {
        LockedLedgerRows locked = new LockedLedgerRows(em);
        em.createQuery("select c from CreditEntity c where c.id in :ids order by c.id", CreditEntity.class)
                .setParameter("ids", new ArrayList<>(new TreeSet<>(ids)))
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .forEach(row -> locked.rows.put(row.id(), row));
        locked.readLeases();
        return locked;
    }

    private void readLeases() {
        rows.keySet().forEach(id -> leases.put(id, new HashMap<>()));
        if (!rows.isEmpty()) {
            em.createQuery("select l from LeaseEntity l where l.id.creditId in :ids", LeaseEntity.class)
                    .setParameter("ids", List.copyOf(rows.keySet()))
                    // Locking reads see committed rows also under MySQL's and MariaDB's snapshot isolation.
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

    LedgerRowBalance entry(String id) {
        Map<String, LeaseRecord> records = new HashMap<>();
        leases.get(id).forEach((node, lease) -> records.put(node, lease.leaseRecord()));
        return new LedgerRowBalance(id, rows.get(id).totals(), records);
    }

    void save(String id, LedgerRowBalance entry) {
        rows.get(id).set(entry.totals());
        entry.leases().forEach((node, record) -> {
            LeaseEntity lease = leases.get(id).get(node);
            if (lease == null) {
                lease = new LeaseEntity(id, node);
                leases.get(id).put(node, lease);
                lease.set(record);
                em.persist(lease);
            } else {
                lease.set(record);
            }
        });
    }
}
