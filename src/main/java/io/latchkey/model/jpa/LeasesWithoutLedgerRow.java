package io.latchkey.model.jpa;

import io.latchkey.model.CreditStore.LeaseSweep;
import io.latchkey.model.LedgerEntry;
import io.latchkey.model.WriteOff;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Ledger rows of which nodes hold something that are not there any more. */
final class LeasesWithoutLedgerRow {

    private final EntityManager em;

    LeasesWithoutLedgerRow(EntityManager em) {
        this.em = em;
    }

    LeaseSweep writeOff(Instant now, int most) {
        List<String> ids = find("open", now.minus(LedgerEntry.LOST_AFTER), most);
        List<WriteOff> lost = new ArrayList<>();
        if (!ids.isEmpty()) {
            LockedLedgerRows rows = LockedLedgerRows.lock(em, ids);
            rows.all().forEach(row -> {
                LedgerEntry entry = rows.entry(row.id());
                long before = entry.totals().writtenOff();
                entry.writeOff(now);
                long micros = entry.totals().writtenOff() - before;
                if (micros > 0) {
                    lost.add(row.writeOff(micros));
                }
                rows.save(row.id(), entry);
            });
        }
        return new LeaseSweep(lost, ids.size() == most);
    }

    boolean reclaim(Instant reserved, int most) {
        List<String> ids = find("stopped", reserved, most);
        if (!ids.isEmpty()) {
            LockedLedgerRows rows = LockedLedgerRows.lock(em, ids);
            rows.all().forEach(row -> {
                LedgerEntry entry = rows.entry(row.id());
                entry.reclaim(reserved);
                rows.save(row.id(), entry);
            });
        }
        return ids.size() == most;
    }

    private List<String> find(String state, Instant silent, int most) {
        return em.createQuery(
                        "select distinct l.id.creditId from LeaseEntity l where l.amount > l.used"
                                + " and l.state = :state and l.renewedAt < :silent",
                        String.class)
                .setParameter("state", state)
                .setParameter("silent", silent.toEpochMilli())
                .setMaxResults(most)
                .getResultList();
    }
}
