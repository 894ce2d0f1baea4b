package io.latchkey.credits.ledger;

import io.latchkey.credits.ledger.CreditStore.WriteOffBatch;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes off leases of dead nodes, and reclaims leases of stopped ones. */
final class UnrenewedLeases {

    private final EntityManager em;

    UnrenewedLeases(EntityManager em) {
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
}
