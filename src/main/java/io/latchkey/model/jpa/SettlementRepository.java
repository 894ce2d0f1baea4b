package io.latchkey.model.jpa;

import io.latchkey.model.LedgerEntry;
import io.latchkey.model.OpenReservation;
import io.latchkey.model.ReservationId;
import io.latchkey.model.SettledCall;
import io.latchkey.model.Settlement;
import io.latchkey.model.Settlement.Outcome;
import io.latchkey.model.SettlementListener;
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

/** The rows of {@code LATCHKEY_SETTLEMENT}: the primary key decides how a reservation ends. */
final class SettlementRepository {

    private static final int MOST_AT_ONCE = 1000;

    private final Transactions transactions;
    private final Clock clock;
    private final SettlementListener uses;

    SettlementRepository(Transactions transactions, Clock clock, SettlementListener uses) {
        this.transactions = transactions;
        this.clock = clock;
        this.uses = uses;
    }

    /** Runs work in a transaction of its own. */
    interface Transactions {
        <T> T run(Function<EntityManager, T> work);
    }

    List<Settlement> record(Optional<String> realmId, List<Settlement> wishes) {
        try {
            return attempt(realmId, wishes);
        } catch (RuntimeException failed) {
            // Somebody else recorded one of them meanwhile; now that can be seen.
            return attempt(realmId, wishes);
        }
    }

    private List<Settlement> attempt(Optional<String> realmId, List<Settlement> wishes) {
        List<SettledCall> ended = new ArrayList<>();
        List<Settlement> now = transactions.run(em -> record(em, realmId, wishes, ended));
        ended.forEach(call -> call.tell(uses));
        return now;
    }

    private List<Settlement> record(
            EntityManager em, Optional<String> realmId, List<Settlement> wishes, List<SettledCall> ended) {
        Set<String> known = ledgerRows(em, realmId, wishes);
        List<Settlement> ours = wishes.stream()
                .filter(wish -> known.contains(wish.id().creditId()))
                // In one order everywhere, so that nobody waits for somebody who waits.
                .sorted(Comparator.comparing(wish -> wish.id().toString()))
                .toList();
        Set<LeaseEntity.Id> stopped = ours.isEmpty() ? Set.of() : stopped(em, ours);
        Map<Boolean, List<Settlement>> byStop =
                ours.stream().collect(Collectors.partitioningBy(wish -> stopped.contains(lease(wish))));
        List<Settlement> now = new ArrayList<>(tell(em, byStop.get(false)));
        now.addAll(settle(em, byStop.get(true), ended));
        return now;
    }

    private static Set<String> ledgerRows(EntityManager em, Optional<String> realmId, List<Settlement> wishes) {
        Map<String, String> realms = new HashMap<>();
        em.createQuery("select c.id, c.realmId from CreditEntity c where c.id in :ids", Object[].class)
                .setParameter("ids", creditIds(wishes))
                .getResultStream()
                .forEach(row -> realms.put((String) row[0], (String) row[1]));
        realms.values()
                .removeIf(
                        realm -> realmId.filter(wanted -> !wanted.equals(realm)).isPresent());
        return realms.keySet();
    }

    private static Set<String> creditIds(List<Settlement> wishes) {
        return wishes.stream().map(wish -> wish.id().creditId()).collect(Collectors.toSet());
    }

    /** A node that stops leaves one ledger row after the other. */
    private static Set<LeaseEntity.Id> stopped(EntityManager em, List<Settlement> wishes) {
        return new HashSet<>(em.createQuery(
                        "select l.id from LeaseEntity l where l.state = 'stopped' and l.id.creditId in :ids",
                        LeaseEntity.Id.class)
                .setParameter("ids", creditIds(wishes))
                .getResultList());
    }

    private static LeaseEntity.Id lease(Settlement wish) {
        return new LeaseEntity.Id(wish.id().creditId(), wish.id().node());
    }

    /** Leaves word for nodes that collect it. */
    private List<Settlement> tell(EntityManager em, List<Settlement> wishes) {
        Map<String, SettlementEntity> before = find(em, ids(wishes), LockModeType.NONE);
        List<Settlement> now = new ArrayList<>();
        for (Settlement wish : wishes) {
            SettlementEntity row = before.get(wish.id().toString());
            if (row == null) {
                em.persist(new SettlementEntity(wish, clock.instant(), wish.outcome() == Outcome.EXPIRED));
            }
            now.add(row == null ? wish : row.settlement());
        }
        return now;
    }

    /** Ends what nodes left open that have stopped. What they did not leave had ended before. */
    private static List<Settlement> settle(EntityManager em, List<Settlement> wishes, List<SettledCall> ended) {
        if (wishes.isEmpty()) {
            return List.of();
        }
        LockedLedgerRows rows = LockedLedgerRows.lock(em, creditIds(wishes));
        Map<String, SettlementEntity> left = find(em, ids(wishes), LockModeType.PESSIMISTIC_WRITE);
        List<Settlement> now = new ArrayList<>();
        for (Settlement wish : wishes) {
            SettlementEntity row = left.get(wish.id().toString());
            if (row != null && rows.holds(wish.id().creditId())) {
                if (row.settlement().outcome() == Outcome.OPEN) {
                    row.end(settle(rows, wish));
                    String apiId = rows.apiId(wish.id().creditId());
                    row.call().ifPresent(call -> ended.add(new SettledCall(call, apiId, row.settlement())));
                }
                now.add(row.settlement());
            }
        }
        return now;
    }

    private static Settlement settle(LockedLedgerRows rows, Settlement wish) {
        String creditId = wish.id().creditId();
        LedgerEntry entry = rows.entry(creditId);
        if (!entry.settle(wish)) {
            return Settlement.expired(wish.id());
        }
        rows.save(creditId, entry);
        return wish;
    }

    /** What a node that stops has still reserved; what others have said of it already counts. */
    List<SettledCall> leave(
            EntityManager em, LedgerEntry entry, String apiId, Map<ReservationId, OpenReservation> open, Instant now) {
        Map<String, SettlementEntity> told = told(em, List.copyOf(open.keySet()));
        List<SettledCall> ended = new ArrayList<>();
        open.forEach((id, call) -> {
            SettlementEntity row = told.get(id.toString());
            if (row == null) {
                em.persist(new SettlementEntity(id, call, now));
            } else if (row.call().isEmpty() && entry.settle(row.settlement())) {
                // Not one that the node left before, without hearing that it had.
                row.leave(call);
                ended.add(new SettledCall(call, apiId, row.settlement()));
            }
        });
        return ended;
    }

    private static Map<String, SettlementEntity> told(EntityManager em, List<ReservationId> open) {
        Map<String, SettlementEntity> told = new HashMap<>();
        for (int from = 0; from < open.size(); from += MOST_AT_ONCE) {
            List<ReservationId> part = open.subList(from, Math.min(from + MOST_AT_ONCE, open.size()));
            told.putAll(find(em, part.stream().map(Object::toString).toList(), LockModeType.PESSIMISTIC_WRITE));
        }
        return told;
    }

    private static List<String> ids(List<Settlement> wishes) {
        return wishes.stream().map(wish -> wish.id().toString()).toList();
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

    List<Settlement> collect(String node, List<ReservationId> heard) {
        return transactions.run(em -> {
            if (!heard.isEmpty()) {
                em.createQuery("update SettlementEntity s set s.taken = true where s.reservation in :ids")
                        .setParameter(
                                "ids", heard.stream().map(Object::toString).toList())
                        .executeUpdate();
            }
            return em.createQuery(
                            "select s from SettlementEntity s where s.node = :node and s.taken = false",
                            SettlementEntity.class)
                    .setParameter("node", node)
                    .setMaxResults(MOST_AT_ONCE)
                    .getResultStream()
                    .map(SettlementEntity::settlement)
                    .toList();
        });
    }
}
