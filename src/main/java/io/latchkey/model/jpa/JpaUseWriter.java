package io.latchkey.model.jpa;

import io.latchkey.model.LastUse;
import io.latchkey.model.PendingUsageCount;
import io.latchkey.model.UsageCounterId;
import jakarta.persistence.EntityManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Writes buffered uses to the database. A transaction that has locked the row of a key in {@code LATCHKEY_USE}
 * may write all there is about its use. Rows that another node or a removal has locked wait for the next flush, so that
 * nodes never wait for each other. A writer serves one flush.
 */
public final class JpaUseWriter {

    private static final int STATEMENTS_AT_ONCE = 100;

    /** Rows of one batch that cannot be made before the rest of them waits for the next time. */
    private static final int MOST_FAILURES = 3;

    private final KeycloakSessionFactory sessions;
    private final boolean patient;
    private Optional<RuntimeException> failure = Optional.empty();

    /** @param patient waits for rows instead, because there is no next time */
    public JpaUseWriter(KeycloakSessionFactory sessions, boolean patient) {
        this.sessions = sessions;
        this.patient = patient;
    }

    /**
     * Adds these counts to those on record, in one small transaction. Those of keys that {@code LATCHKEY_KEY} does not have are
     * forgotten.
     *
     * @return those that have to wait
     */
    public List<PendingUsageCount> write(List<PendingUsageCount> counts) {
        Set<String> ids = new TreeSet<>();
        counts.forEach(count -> ids.add(id(count)));
        if (ids.isEmpty()) {
            return List.of();
        }
        List<RuntimeException> failures = prepare(ids);
        Set<String> waiting = KeycloakModelUtils.runJobInTransactionWithResult(
                sessions, session -> add(writing(session), ids, counts));
        if (!waiting.isEmpty()) {
            // Where no key waits, another node was faster, or the keys have gone.
            failure = failure.or(() -> failures.stream().findFirst());
        }
        return counts.stream().filter(count -> waiting.contains(id(count))).toList();
    }

    /** Why uses of keys that exist could not be written and have to wait. */
    public Optional<RuntimeException> failure() {
        return failure;
    }

    /**
     * Makes the rows that are not there yet. Each in a transaction of its own, that of reading included: nothing else is
     * locked meanwhile, and the one that locks them begins with that and so sees the newest of what they guard.
     */
    private List<RuntimeException> prepare(Set<String> ids) {
        Iterator<String> missing = KeycloakModelUtils.runJobInTransactionWithResult(
                        sessions, session -> new LastUseRepository(entityManager(session)).missing(ids))
                .iterator();
        List<RuntimeException> failures = new ArrayList<>();
        while (missing.hasNext() && failures.size() < MOST_FAILURES) {
            String id = missing.next();
            try {
                KeycloakModelUtils.runJobInTransaction(
                        sessions, session -> new LastUseRepository(writing(session)).create(id));
            } catch (RuntimeException failed) {
                failures.add(failed);
            }
        }
        return failures;
    }

    /** @return the keys whose uses have to wait */
    private Set<String> add(EntityManager em, Set<String> ids, List<PendingUsageCount> counts) {
        em.unwrap(Session.class).setJdbcBatchSize(STATEMENTS_AT_ONCE);
        LastUseRepository rows = new LastUseRepository(em);
        Map<String, LastUseEntity> held = rows.lock(ids, patient);
        Set<String> waiting = new HashSet<>(ids);
        waiting.removeAll(held.keySet());
        if (!waiting.isEmpty()) {
            // A key without a row has not gone: its row could not be made.
            waiting.retainAll(rows.keys(waiting));
        }
        add(
                em,
                held,
                counts.stream().filter(count -> held.containsKey(id(count))).toList());
        return waiting;
    }

    private static void add(EntityManager em, Map<String, LastUseEntity> held, List<PendingUsageCount> counts) {
        if (counts.isEmpty()) {
            return;
        }
        Map<HourlyUsageEntity.Id, HourlyUsageEntity> hours =
                hours(em, counts.stream().map(PendingUsageCount::usageCounterId).toList());
        for (PendingUsageCount count : counts) {
            if (count.usageCounterId().isAccepted()) {
                held.get(id(count)).add(new LastUse(count.last(), count.address(), count.uses()));
            }
            HourlyUsageEntity.Id id = HourlyUsageEntity.Id.of(count.usageCounterId());
            HourlyUsageEntity hour = hours.computeIfAbsent(id, HourlyUsageEntity::new);
            hour.add(count);
            em.persist(hour);
        }
    }

    private static Map<HourlyUsageEntity.Id, HourlyUsageEntity> hours(
            EntityManager em, Collection<UsageCounterId> slots) {
        Map<HourlyUsageEntity.Id, HourlyUsageEntity> hours = new HashMap<>();
        Jpql.query(
                        em,
                        HourlyUsageEntity.class,
                        "select h from HourlyUsageEntity h where h.id.keyId in ?1 and h.id.hourStart in ?2",
                        slots.stream().map(slot -> slot.key().value()).collect(Collectors.toSet()),
                        slots.stream().map(slot -> slot.start().toEpochMilli()).collect(Collectors.toSet()))
                .getResultStream()
                .forEach(hour -> hours.put(hour.id(), hour));
        return hours;
    }

    private static String id(PendingUsageCount count) {
        return count.usageCounterId().key().value();
    }

    /**
     * Lets PostgreSQL commit a transaction that writes uses and nothing else without waiting for the disk. A crash of the
     * database may then lose its last moments, as a crash of the node loses uses that are not written yet. Keycloak 26.7 has
     * a marker interface for such entities ({@code AsynchronousCommitAllowed}); older releases could not even read them at
     * {@code kc.sh build}, and so not say why they are refused.
     */
    private static EntityManager writing(KeycloakSession session) {
        EntityManager em = entityManager(session);
        em.unwrap(Session.class).doWork(connection -> {
            if (connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SET LOCAL synchronous_commit TO OFF");
                }
            }
        });
        return em;
    }

    private static EntityManager entityManager(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
