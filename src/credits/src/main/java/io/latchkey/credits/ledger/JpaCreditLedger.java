package io.latchkey.credits.ledger;

import io.latchkey.charging.SettlementListener;
import io.latchkey.model.Allowance;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Keeps the ledger in Keycloak's database, with one transaction for each call. */
public final class JpaCreditLedger implements CreditLedger {

    private static final int JDBC_BATCH_SIZE = 50;

    private final KeycloakSessionFactory sessions;
    private final Clock clock;
    private final SettlementListener listener;
    private final Consumer<WriteOff> restoredListener;
    private final SettlementRepository settlements;

    /**
     * @param listener counts calls of stopped nodes
     * @param restoredListener receives write-offs that are undone, because the node reports again
     */
    public JpaCreditLedger(
            KeycloakSessionFactory sessions,
            Clock clock,
            SettlementListener listener,
            Consumer<WriteOff> restoredListener) {
        this.sessions = sessions;
        this.clock = clock;
        this.listener = listener;
        this.restoredListener = restoredListener;
        this.settlements = new SettlementRepository(this::inTransaction, clock, listener);
    }

    private <T> T inTransaction(Function<EntityManager, T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(sessions, session -> {
            EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
            em.unwrap(Session.class).setJdbcBatchSize(JDBC_BATCH_SIZE);
            return work.apply(em);
        });
    }

    @Override
    public Optional<Allowance> allowance(CreditAccount account) {
        return inTransaction(em -> Optional.ofNullable(em.find(AllowanceEntity.class, AllowanceEntity.Id.of(account)))
                .map(AllowanceEntity::allowance));
    }

    @Override
    public String open(CreditAccount account, CreditPeriod period) {
        Optional<String> known = inTransaction(em -> find(em, account, period));
        if (known.isPresent()) {
            return known.get();
        }
        try {
            return inTransaction(em -> {
                CreditEntity row = new CreditEntity(UUID.randomUUID().toString(), account, period);
                em.persist(row);
                return row.id();
            });
        } catch (RuntimeException failed) {
            // Another node has created the row meanwhile.
            return inTransaction(em -> find(em, account, period)).orElseThrow(() -> failed);
        }
    }

    private static Optional<String> find(EntityManager em, CreditAccount account, CreditPeriod period) {
        return em.createQuery(
                        "select c.id from CreditEntity c where c.realmId = :realm and c.ownerId = :owner"
                                + " and c.apiId = :api and c.period = :period",
                        String.class)
                .setParameter("realm", account.realmId())
                .setParameter("owner", account.ownerId())
                .setParameter("api", account.apiId())
                .setParameter("period", period.label())
                .getResultStream()
                .findFirst();
    }

    @Override
    public Map<String, CreditAccount> accounts(Set<String> creditIds) {
        return inTransaction(em -> em.createQuery("select c from CreditEntity c where c.id in :ids", CreditEntity.class)
                .setParameter("ids", creditIds)
                .getResultStream()
                .collect(Collectors.toMap(CreditEntity::id, CreditEntity::account)));
    }

    @Override
    public List<LeaseRenewalResponse> report(String node, List<LeaseRenewalRequest> reports) {
        List<Runnable> afterwards = new ArrayList<>();
        List<LeaseRenewalResponse> replies = inTransaction(em -> {
            LockedLedgerRows rows = LockedLedgerRows.lock(
                    em, reports.stream().map(LeaseRenewalRequest::creditId).toList());
            return reports.stream()
                    .map(report -> reply(em, rows, node, report, afterwards))
                    .toList();
        });
        afterwards.forEach(Runnable::run);
        return replies;
    }

    private LeaseRenewalResponse reply(
            EntityManager em,
            LockedLedgerRows rows,
            String node,
            LeaseRenewalRequest report,
            List<Runnable> afterwards) {
        String id = report.creditId();
        if (!rows.holds(id)) {
            return new LeaseRenewalResponse.Gone(id);
        }
        LedgerRowBalance entry = rows.entry(id);
        long lost = entry.totals().writtenOff();

        Instant now = clock.instant();
        LeaseRenewalResponse reply = entry.report(node, report, now);
        report.handedOver()
                .map(open -> settlements.handOver(em, entry, rows.apiId(id), open, now))
                .ifPresent(ended -> ended.forEach(call -> afterwards.add(() -> call.publish(listener))));
        rows.save(id, entry);
        long found = lost - entry.totals().writtenOff();
        if (found > 0) {
            WriteOff undone = rows.row(id).writeOff(found);
            afterwards.add(() -> restoredListener.accept(undone));
        }
        return reply;
    }

    @Override
    public List<Settlement> record(String realmId, List<Settlement> settlements) {
        return this.settlements.record(Optional.of(realmId), settlements);
    }

    @Override
    public List<Settlement> record(List<Settlement> settlements) {
        return this.settlements.record(Optional.empty(), settlements);
    }

    @Override
    public List<Settlement> collect(String node, List<ReservationId> acknowledged) {
        return settlements.collect(node, acknowledged);
    }
}
