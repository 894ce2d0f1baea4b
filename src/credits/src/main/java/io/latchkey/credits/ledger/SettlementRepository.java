package io.latchkey.credits.ledger;

import io.latchkey.charging.SettlementListener;
import io.latchkey.model.SettlementOutcome;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads and writes rows of {@code LATCHKEY_SETTLEMENT}. Its primary key makes the first settlement of a reservation win.
 */
final class SettlementRepository {

    private static final int MAX_BATCH = 1000;

    private final Transactions transactions;
    private final Clock clock;
    private final SettlementListener listener;

    SettlementRepository(Transactions transactions, Clock clock, SettlementListener listener) {
        this.transactions = transactions;
        this.clock = clock;
        this.listener = listener;
    }

    /** Runs work in a transaction of its own. */
    interface Transactions {
        <T> T run(Function<EntityManager, T> work);
    }

    List<Settlement> record(Optional<String> realmId, List<Settlement> settlements) {
        try {
            return attempt(realmId, settlements);
        } catch (RuntimeException failed) {
            // Another node recorded one of them meanwhile; the second attempt reads it.
            return attempt(realmId, settlements);
        }
    }

    private List<Settlement> attempt(Optional<String> realmId, List<Settlement> settlements) {
        List<SettledCall> ended = new ArrayList<>();
        List<Settlement> now = transactions.run(em -> record(em, realmId, settlements, ended));
        ended.forEach(call -> call.publish(listener));
        return now;
    }

    private List<Settlement> record(
            EntityManager em, Optional<String> realmId, List<Settlement> settlements, List<SettledCall> ended) {
        Set<String> known = ledgerRows(em, realmId, settlements);
        List<Settlement> ours = settlements.stream()
                .filter(settlement -> known.contains(settlement.id().creditId()))
                // In the order of ids, which prevents deadlocks.
                .sorted(Comparator.comparing(settlement -> settlement.id().toString()))
                .toList();
        Set<LeaseEntity.Id> stopped = ours.isEmpty() ? Set.of() : stopped(em, ours);
        Map<Boolean, List<Settlement>> byStop =
                ours.stream().collect(Collectors.partitioningBy(settlement -> stopped.contains(lease(settlement))));
        List<Settlement> now = new ArrayList<>(recordForNodes(em, byStop.get(false)));
        now.addAll(settle(em, byStop.get(true), ended));
        return now;
    }

    private static Set<String> ledgerRows(EntityManager em, Optional<String> realmId, List<Settlement> settlements) {
        Map<String, String> realms = new HashMap<>();
        em.createQuery("select c.id, c.realmId from CreditEntity c where c.id in :ids", Object[].class)
                .setParameter("ids", creditIds(settlements))
                .getResultStream()
                .forEach(row -> realms.put((String) row[0], (String) row[1]));
        realms.values()
                .removeIf(
                        realm -> realmId.filter(wanted -> !wanted.equals(realm)).isPresent());
        return realms.keySet();
    }

    private static Set<String> creditIds(List<Settlement> settlements) {
        return settlements.stream()
                .map(settlement -> settlement.id().creditId())
                .collect(Collectors.toSet());
    }

    /** A stopping node hands over one ledger row after the other, so that state is read for each lease. */
    private static Set<LeaseEntity.Id> stopped(EntityManager em, List<Settlement> settlements) {
        return new HashSet<>(em.createQuery(
                        "select l.id from LeaseEntity l where l.state = 'stopped' and l.id.creditId in :ids",
                        LeaseEntity.Id.class)
                .setParameter("ids", creditIds(settlements))
                .getResultList());
    }

    private static LeaseEntity.Id lease(Settlement settlement) {
        return new LeaseEntity.Id(settlement.id().creditId(), settlement.id().node());
    }

    /** Records settlements for the nodes that collect them. */
    private List<Settlement> recordForNodes(EntityManager em, List<Settlement> settlements) {
        Map<String, SettlementEntity> before = find(em, ids(settlements), LockModeType.NONE);
        List<Settlement> now = new ArrayList<>();
        for (Settlement settlement : settlements) {
            SettlementEntity row = before.get(settlement.id().toString());
            if (row == null) {
                em.persist(new SettlementEntity(
                        settlement, clock.instant(), settlement.outcome() == SettlementOutcome.EXPIRED));
            }
            now.add(row == null ? settlement : row.settlement());
        }
        return now;
    }

    /** Settles reservations that stopped nodes handed over. What they did not hand over had ended before. */
    private static List<Settlement> settle(EntityManager em, List<Settlement> settlements, List<SettledCall> ended) {
        if (settlements.isEmpty()) {
            return List.of();
        }
        LockedLedgerRows rows = LockedLedgerRows.lock(em, creditIds(settlements));
        Map<String, SettlementEntity> left = find(em, ids(settlements), LockModeType.PESSIMISTIC_WRITE);
        List<Settlement> now = new ArrayList<>();
        for (Settlement settlement : settlements) {
            SettlementEntity row = left.get(settlement.id().toString());
            if (row != null && rows.holds(settlement.id().creditId())) {
                if (row.settlement().outcome() == SettlementOutcome.OPEN) {
                    row.settle(settle(rows, settlement));
                    String apiId = rows.apiId(settlement.id().creditId());
                    row.call().ifPresent(call -> ended.add(new SettledCall(call, apiId, row.settlement())));
                }
                now.add(row.settlement());
            }
        }
        return now;
    }

    private static Settlement settle(LockedLedgerRows rows, Settlement settlement) {
        String creditId = settlement.id().creditId();
        LedgerRowBalance entry = rows.entry(creditId);
        if (!entry.settle(settlement)) {
            return Settlement.expired(settlement.id());
        }
        rows.save(creditId, entry);
        return settlement;
    }

    /** Records the open reservations of a stopping node, and applies settlements that other nodes recorded before. */
    List<SettledCall> handOver(
            EntityManager em,
            LedgerRowBalance entry,
            String apiId,
            Map<ReservationId, OpenReservation> open,
            Instant now) {
        Map<String, SettlementEntity> recorded = recorded(em, List.copyOf(open.keySet()));
        List<SettledCall> ended = new ArrayList<>();
        open.forEach((id, call) -> {
            SettlementEntity row = recorded.get(id.toString());
            if (row == null) {
                em.persist(new SettlementEntity(id, call, now));
            } else if (row.call().isEmpty() && entry.settle(row.settlement())) {
                // Skips reservations of a repeated report.
                row.handOver(call);
                ended.add(new SettledCall(call, apiId, row.settlement()));
            }
        });
        return ended;
    }

    private static Map<String, SettlementEntity> recorded(EntityManager em, List<ReservationId> open) {
        Map<String, SettlementEntity> recorded = new HashMap<>();
        for (int from = 0; from < open.size(); from += MAX_BATCH) {
            List<ReservationId> part = open.subList(from, Math.min(from + MAX_BATCH, open.size()));
            recorded.putAll(find(em, part.stream().map(Object::toString).toList(), LockModeType.PESSIMISTIC_WRITE));
        }
        return recorded;
    }

    private static List<String> ids(List<Settlement> settlements) {
        return settlements.stream()
                .map(settlement -> settlement.id().toString())
                .toList();
    }

    private static Map<String, SettlementEntity> find(EntityManager em, Collection<String> ids, LockModeType lock) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return em.createQuery(
                        "select s from SettlementEntity s where s.reservation in :ids order by s.reservation",
                        SettlementEntity.class)
                .setParameter("ids", ids)
                .setLockMode(lock)
                .getResultStream()
                .collect(Collectors.toMap(SettlementEntity::reservation, row -> row));
    }

    List<Settlement> collect(String node, List<ReservationId> acknowledged) {
        return transactions.run(em -> {
            if (!acknowledged.isEmpty()) {
                em.createQuery("update SettlementEntity s set s.collected = true where s.reservation in :ids")
                        .setParameter(
                                "ids",
                                acknowledged.stream().map(Object::toString).toList())
                        .executeUpdate();
            }
            return em.createQuery(
                            "select s from SettlementEntity s where s.node = :node and s.collected = false",
                            SettlementEntity.class)
                    .setParameter("node", node)
                    .setMaxResults(MAX_BATCH)
                    .getResultStream()
                    .map(SettlementEntity::settlement)
                    .toList();
        });
    }
}
