package io.latchkey.credits.ledger;

import io.latchkey.model.ReservationState;
import io.latchkey.model.jpa.Jpql;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads and writes rows of {@code LATCHKEY_SETTLEMENT} in one transaction. Its primary key makes the first settlement of a
 * reservation win.
 */
record SettlementRepository(EntityManager em, Instant now) {

    private static final int MAX_BATCH = 1000;

    /** @param ended receives calls of stopped nodes that are settled here */
    List<Settlement> record(Optional<String> realmId, List<Settlement> settlements, List<SettledCall> ended) {
        Map<String, CreditAccount> accounts = JpaCreditLedger.accounts(em, creditIds(settlements));
        List<Settlement> ours = settlements.stream()
                .filter(settlement -> Optional.ofNullable(
                                accounts.get(settlement.id().creditId()))
                        .filter(account -> realmId.isEmpty() || realmId.get().equals(account.realmId()))
                        .isPresent())
                // In the order of ids, which prevents deadlocks.
                .sorted(Comparator.comparing(settlement -> settlement.id().toString()))
                .toList();
        if (ours.isEmpty()) {
            return List.of();
        }
        Set<LeaseEntity.Id> stopped = stopped(ours);
        Map<Boolean, List<Settlement>> byStop =
                ours.stream().collect(Collectors.partitioningBy(settlement -> stopped.contains(lease(settlement))));
        List<Settlement> recorded = new ArrayList<>(recordForNodes(byStop.get(false)));
        recorded.addAll(settle(byStop.get(true), ended));
        return recorded;
    }

    private static Set<String> creditIds(List<Settlement> settlements) {
        return settlements.stream()
                .map(settlement -> settlement.id().creditId())
                .collect(Collectors.toSet());
    }

    /** A stopping node hands over one ledger row after the other, so that state is read for each lease. */
    private Set<LeaseEntity.Id> stopped(List<Settlement> settlements) {
        String select = "select l.id from LeaseEntity l where l.state = 'stopped' and l.id.creditId in ?1";
        return new HashSet<>(Jpql.query(em, LeaseEntity.Id.class, select, creditIds(settlements))
                .getResultList());
    }

    private static LeaseEntity.Id lease(Settlement settlement) {
        return new LeaseEntity.Id(settlement.id().creditId(), settlement.id().node());
    }

    /** Records settlements for the nodes that collect them. */
    private List<Settlement> recordForNodes(List<Settlement> settlements) {
        Map<String, SettlementEntity> before = find(ids(settlements), LockModeType.NONE);
        List<Settlement> recorded = new ArrayList<>();
        for (Settlement settlement : settlements) {
            SettlementEntity row = before.get(settlement.id().toString());
            if (row == null) {
                em.persist(new SettlementEntity(settlement, now, settlement.outcome() == ReservationState.EXPIRED));
            }
            recorded.add(row == null ? settlement : row.settlement());
        }
        return recorded;
    }

    /** Settles reservations that stopped nodes handed over. What they did not hand over had ended before. */
    private List<Settlement> settle(List<Settlement> settlements, List<SettledCall> ended) {
        if (settlements.isEmpty()) {
            return List.of();
        }
        LockedLedgerRows rows = LockedLedgerRows.lock(em, creditIds(settlements));
        Map<String, SettlementEntity> left = find(ids(settlements), LockModeType.PESSIMISTIC_WRITE);
        List<Settlement> recorded = new ArrayList<>();
        for (Settlement settlement : settlements) {
            SettlementEntity row = left.get(settlement.id().toString());
            CreditEntity credit = rows.rows().get(settlement.id().creditId());
            if (row != null && credit != null) {
                if (row.settlement().outcome() == ReservationState.OPEN) {
                    LedgerRowBalance balance = rows.balance(credit.id);
                    row.settle(balance.settle(settlement) ? settlement : Settlement.expired(settlement.id()));
                    rows.save(credit.id, balance);
                    row.settledCall(credit.account.apiId()).ifPresent(ended::add);
                }
                recorded.add(row.settlement());
            }
        }
        return recorded;
    }

    /**
     * Records the open reservations of a stopping node, and applies settlements that other nodes recorded before.
     *
     * @return the calls that are settled by that
     */
    List<SettledCall> handOver(LedgerRowBalance balance, String apiId, Map<ReservationId, OpenReservation> open) {
        Map<String, SettlementEntity> recorded =
                find(open.keySet().stream().map(Object::toString).toList(), LockModeType.PESSIMISTIC_WRITE);
        List<SettledCall> ended = new ArrayList<>();
        open.forEach((id, call) -> {
            SettlementEntity row = recorded.get(id.toString());
            if (row == null) {
                em.persist(new SettlementEntity(id, call, now));
            } else if (row.settledCall(apiId).isEmpty() && balance.settle(row.settlement())) {
                // Skips reservations of a repeated report.
                row.handOver(call);
                row.settledCall(apiId).ifPresent(ended::add);
            }
        });
        return ended;
    }

    private static List<String> ids(List<Settlement> settlements) {
        return settlements.stream()
                .map(settlement -> settlement.id().toString())
                .toList();
    }

    private Map<String, SettlementEntity> find(List<String> ids, LockModeType lock) {
        String select = "select s from SettlementEntity s where s.reservation in ?1 order by s.reservation";
        Map<String, SettlementEntity> found = new HashMap<>();
        for (int from = 0; from < ids.size(); from += MAX_BATCH) {
            Jpql.query(em, SettlementEntity.class, select, ids.subList(from, Math.min(from + MAX_BATCH, ids.size())))
                    .setLockMode(lock)
                    .getResultStream()
                    .forEach(row -> found.put(row.reservation, row));
        }
        return found;
    }

    List<Settlement> collect(String node, List<ReservationId> acknowledged) {
        if (!acknowledged.isEmpty()) {
            Jpql.execute(
                    em,
                    "update SettlementEntity s set s.collected = true where s.reservation in ?1",
                    acknowledged.stream().map(Object::toString).toList());
        }
        String select = "select s from SettlementEntity s where s.node = ?1 and s.collected = false";
        return Jpql.query(em, SettlementEntity.class, select, node)
                .setMaxResults(MAX_BATCH)
                .getResultStream()
                .map(SettlementEntity::settlement)
                .toList();
    }
}
