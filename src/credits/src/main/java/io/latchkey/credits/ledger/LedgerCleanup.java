package io.latchkey.credits.ledger;

import io.latchkey.model.jpa.Jpql;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Writes off, takes back, expires and deletes a limited number of rows of the ledger, in the transaction of one Keycloak
 * session.
 */
final class LedgerCleanup {

    private final EntityManager em;

    LedgerCleanup(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /**
     * Writes off leases of nodes that have not reported for a minute.
     *
     * @param most maximum number of ledger rows
     * @return whether there may be more
     */
    boolean writeOff(Instant now, int most, Consumer<LeaseWriteOff> listener) {
        List<LeaseWriteOff> lost = new ArrayList<>();
        boolean hasMore = change("open", now.minus(LedgerRowBalance.LOST_AFTER), most, (row, balance) -> {
            balance.writeOff(now);
            long micros = balance.totals().writtenOff() - row.totals.writtenOff();
            if (micros > 0) {
                lost.add(row.leaseWriteOff(micros));
            }
        });
        lost.forEach(listener);
        return hasMore;
    }

    /**
     * Reclaims the leases of stopped nodes after their reservations have ended.
     *
     * @param reserved moment; no reservation that is older can be open
     * @param most maximum number of ledger rows
     * @return whether there may be more
     */
    boolean reclaim(Instant reserved, int most) {
        return change("stopped", reserved, most, (row, balance) -> balance.reclaim(reserved));
    }

    /** Changes the ledger rows that have leases in this state. */
    private boolean change(
            String state, Instant renewedBefore, int most, BiConsumer<CreditEntity, LedgerRowBalance> change) {
        String select = "select distinct l.id.creditId from LeaseEntity l where l.amount > l.used"
                + " and l.state = ?1 and l.renewedAt < ?2";
        List<String> ids = Jpql.query(em, String.class, select, state, renewedBefore.toEpochMilli())
                .setMaxResults(most)
                .getResultList();
        if (!ids.isEmpty()) {
            LockedLedgerRows rows = LockedLedgerRows.lock(em, ids);
            rows.rows().forEach((id, row) -> {
                LedgerRowBalance balance = rows.balance(id);
                change.accept(row, balance);
                rows.save(id, balance);
            });
        }
        return ids.size() == most;
    }

    /**
     * Expires open reservations that stopped nodes have handed over. Their credits are reclaimed with the lease that holds them.
     *
     * @param reserved moment; no reservation that is older can be open
     * @param most maximum number
     */
    List<SettledCall> expire(Instant reserved, int most) {
        // The join begins with the leases, of which there are few.
        String select = "select s from SettlementEntity s where s.outcome = 'open' and s.recordedAt < ?1"
                + " and s.creditId in (select l.id.creditId from LeaseEntity l"
                + " where l.state = 'stopped' and l.amount > l.used) order by s.reservation";
        List<SettlementEntity> open = Jpql.query(em, SettlementEntity.class, select, reserved.toEpochMilli())
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setMaxResults(most)
                .getResultList();
        open.forEach(row -> row.settle(Settlement.expired(row.settlement().id())));
        Map<String, CreditAccount> accounts = open.isEmpty()
                ? Map.of()
                : JpaCreditLedger.accounts(
                        em, open.stream().map(row -> row.creditId).collect(Collectors.toSet()));
        return open.stream()
                .map(row -> row.settledCall(accounts.get(row.creditId).apiId()))
                .flatMap(Optional::stream)
                .toList();
    }

    /** @return whether there may be more to delete */
    boolean purge(Instant settledBefore, Instant endedBefore, int most) {
        boolean settlements = purge("SettlementEntity", "reservation", "recordedAt", settledBefore, most);
        boolean periods = purge("CreditEntity", "id", "endsAt", endedBefore, most);
        String spent = "delete from LeaseEntity l where l.state in ('open', 'stopped') and l.renewedAt < ?1"
                + " and l.amount = l.used";
        Jpql.execute(em, spent, settledBefore.toEpochMilli());
        return settlements || periods;
    }

    private boolean purge(String entity, String key, String time, Instant before, int most) {
        String select = "select e." + key + " from " + entity + " e where e." + time + " < ?1";
        List<String> ids = Jpql.query(em, String.class, select, before.toEpochMilli())
                .setMaxResults(most)
                .getResultList();
        if (!ids.isEmpty()) {
            Jpql.execute(em, "delete from " + entity + " e where e." + key + " in ?1", ids);
        }
        return ids.size() == most;
    }
}
