package io.latchkey.credits.ledger;

import io.latchkey.charging.SettlementListener;
import io.latchkey.model.Allowance;
import io.latchkey.model.jpa.Jpql;
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

/**
 * Keeps the ledger in Keycloak's database, with one transaction for each call.
 *
 * @param listener counts calls of stopped nodes
 * @param restoredListener receives write-offs that are undone, because the node reports again
 */
public record JpaCreditLedger(
        KeycloakSessionFactory sessions,
        Clock clock,
        SettlementListener listener,
        Consumer<LeaseWriteOff> restoredListener)
        implements CreditLedger {

    private static final int JDBC_BATCH_SIZE = 50;

    private <T> T inTransaction(Function<EntityManager, T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(sessions, session -> {
            EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
            em.unwrap(Session.class).setJdbcBatchSize(JDBC_BATCH_SIZE);
            return work.apply(em);
        });
    }

    @Override
    public Optional<Allowance> allowance(CreditAccount account) {
        return inTransaction(em ->
                Optional.ofNullable(em.find(AllowanceEntity.class, account)).map(AllowanceEntity::allowance));
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
                return row.id;
            });
        } catch (RuntimeException failed) {
            // Another node has created the row meanwhile.
            return inTransaction(em -> find(em, account, period)).orElseThrow(() -> failed);
        }
    }

    private static Optional<String> find(EntityManager em, CreditAccount account, CreditPeriod period) {
        String select = "select c.id from CreditEntity c where c.account.realmId = ?1 and c.account.ownerId = ?2"
                + " and c.account.apiId = ?3 and c.period = ?4";
        return Jpql.query(
                        em, String.class, select, account.realmId(), account.ownerId(), account.apiId(), period.label())
                .getResultStream()
                .findFirst();
    }

    @Override
    public Map<String, CreditAccount> accounts(Set<String> creditIds) {
        return inTransaction(em -> accounts(em, creditIds));
    }

    /** The accounts of ledger rows, by row id. */
    static Map<String, CreditAccount> accounts(EntityManager em, Set<String> creditIds) {
        String select = "select c.id, c.account from CreditEntity c where c.id in ?1";
        return Jpql.query(em, Object[].class, select, creditIds)
                .getResultStream()
                .collect(Collectors.toMap(row -> (String) row[0], row -> (CreditAccount) row[1]));
    }

    @Override
    public List<Optional<LeaseRenewalResponse>> report(String node, List<LeaseRenewalRequest> reports) {
        List<Runnable> afterwards = new ArrayList<>();
        List<Optional<LeaseRenewalResponse>> replies = inTransaction(em -> {
            LockedLedgerRows rows = LockedLedgerRows.lock(
                    em, reports.stream().map(LeaseRenewalRequest::creditId).toList());
            return reports.stream()
                    .map(report -> Optional.ofNullable(rows.rows().get(report.creditId()))
                            .map(row -> reply(rows, row, node, report, afterwards)))
                    .toList();
        });
        afterwards.forEach(Runnable::run);
        return replies;
    }

    private LeaseRenewalResponse reply(
            LockedLedgerRows rows,
            CreditEntity row,
            String node,
            LeaseRenewalRequest report,
            List<Runnable> afterwards) {
        LedgerRowBalance balance = rows.balance(row.id);
        Instant now = clock.instant();
        LeaseRenewalResponse reply = balance.report(node, report, now);
        report.handedOver()
                .map(open -> new SettlementRepository(rows.em(), now).handOver(balance, row.account.apiId(), open))
                .ifPresent(ended -> ended.forEach(call -> afterwards.add(() -> call.publish(listener))));
        long restored = row.totals.writtenOff() - balance.totals().writtenOff();
        if (restored > 0) {
            LeaseWriteOff undone = row.leaseWriteOff(restored);
            afterwards.add(() -> restoredListener.accept(undone));
        }
        rows.save(row.id, balance);
        return reply;
    }

    @Override
    public List<Settlement> record(Optional<String> realmId, List<Settlement> settlements) {
        try {
            return tryRecord(realmId, settlements);
        } catch (RuntimeException failed) {
            // Another node recorded one of them meanwhile; the second attempt reads it.
            return tryRecord(realmId, settlements);
        }
    }

    private List<Settlement> tryRecord(Optional<String> realmId, List<Settlement> settlements) {
        List<SettledCall> ended = new ArrayList<>();
        List<Settlement> recorded =
                inTransaction(em -> new SettlementRepository(em, clock.instant()).record(realmId, settlements, ended));
        ended.forEach(call -> call.publish(listener));
        return recorded;
    }

    @Override
    public List<Settlement> collect(String node, List<ReservationId> acknowledged) {
        return inTransaction(em -> new SettlementRepository(em, clock.instant()).collect(node, acknowledged));
    }
}
