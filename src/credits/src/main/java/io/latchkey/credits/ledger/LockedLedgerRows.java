package io.latchkey.credits.ledger;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.latchkey.model.jpa.Jpql;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Locks ledger rows and their leases for one transaction.
 *
 * @param rows by id
 * @param leases by id of the row and node
 */
record LockedLedgerRows(
        EntityManager em, Map<String, CreditEntity> rows, Map<String, Map<String, LeaseEntity>> leases) {

    /** Locks rows in the order of their ids, which prevents deadlocks. */
    static LockedLedgerRows lock(EntityManager em, Collection<String> ids) {
        String select = "select c from CreditEntity c where c.id in ?1 order by c.id";
        Map<String, CreditEntity> rows = Jpql.query(em, CreditEntity.class, select, new TreeSet<>(ids))
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .collect(toMap(row -> row.id, row -> row));
        return new LockedLedgerRows(em, rows, rows.isEmpty() ? Map.of() : leases(em, rows.keySet()));
    }

    private static Map<String, Map<String, LeaseEntity>> leases(EntityManager em, Set<String> ids) {
        return Jpql.query(em, LeaseEntity.class, "select l from LeaseEntity l where l.id.creditId in ?1", ids)
                // Locking reads see committed rows also under MySQL's and MariaDB's snapshot isolation.
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .collect(groupingBy(lease -> lease.id.creditId(), toMap(lease -> lease.id.node(), lease -> lease)));
    }

    LedgerRowBalance balance(String id) {
        Map<String, LeaseRecord> records = new HashMap<>();
        leases.getOrDefault(id, Map.of()).forEach((node, lease) -> records.put(node, lease.leaseRecord()));
        return new LedgerRowBalance(rows.get(id).totals, records);
    }

    void save(String id, LedgerRowBalance balance) {
        rows.get(id).set(balance.totals());
        Map<String, LeaseEntity> known = leases.computeIfAbsent(id, none -> new HashMap<>());
        balance.leases().forEach((node, record) -> {
            if (known.containsKey(node)) {
                known.get(node).set(record);
            } else {
                known.put(node, new LeaseEntity(new LeaseEntity.Id(id, node), record));
                em.persist(known.get(node));
            }
        });
    }
}
