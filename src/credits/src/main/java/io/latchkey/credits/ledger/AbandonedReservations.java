package io.latchkey.credits.ledger;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Expires reservations that stopped nodes handed over and that were never settled. */
final class AbandonedReservations {

    private AbandonedReservations() {}

    /** Their credits are reclaimed with the lease that holds them. */
    static List<SettledCall> expire(EntityManager em, Instant reserved, int most) {
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
        Map<String, String> apis = apis(em, open);
        return open.stream()
                .flatMap(row -> row.call().stream()
                        .map(call -> new SettledCall(
                                call, apis.get(row.settlement().id().creditId()), row.settlement())))
                .toList();
    }

    private static Map<String, String> apis(EntityManager em, List<SettlementEntity> open) {
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
}
