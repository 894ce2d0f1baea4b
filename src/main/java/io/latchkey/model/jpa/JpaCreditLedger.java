package io.latchkey.model.jpa;

import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAccount;
import io.latchkey.model.CreditLedger;
import io.latchkey.model.CreditPeriod;
import io.latchkey.model.LeaseReply;
import io.latchkey.model.LeaseReport;
import io.latchkey.model.LedgerEntry;
import io.latchkey.model.ReservationId;
import io.latchkey.model.Settlement;
import io.latchkey.model.SettlementListener;
import io.latchkey.model.WriteOff;
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

/** The ledger in Keycloak's database. */
public final class JpaCreditLedger implements CreditLedger {

    private static final int STATEMENTS_AT_ONCE = 50;

    private final KeycloakSessionFactory sessions;
    private final Clock clock;
    private final SettlementListener uses;
    private final Consumer<WriteOff> back;
    private final SettlementRepository settlements;

    /**
     * @param uses learns how calls end that stopped nodes left
     * @param back learns of write-offs that are undone, since the node has only been silent
     */
    public JpaCreditLedger(
            KeycloakSessionFactory sessions, Clock clock, SettlementListener uses, Consumer<WriteOff> back) {
        this.sessions = sessions;
        this.clock = clock;
        this.uses = uses;
        this.back = back;
        this.settlements = new SettlementRepository(this::inTransaction, clock, uses);
    }

    private <T> T inTransaction(Function<EntityManager, T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(sessions, session -> {
            EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
            em.unwrap(Session.class).setJdbcBatchSize(STATEMENTS_AT_ONCE);
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
            // Another node was faster.
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
    public List<LeaseReply> report(String node, List<LeaseReport> reports) {
        List<Runnable> afterwards = new ArrayList<>();
        List<LeaseReply> answers = inTransaction(em -> {
            LockedLedgerRows rows = LockedLedgerRows.lock(
                    em, reports.stream().map(LeaseReport::creditId).toList());
            return reports.stream()
                    .map(report -> answer(em, rows, node, report, afterwards))
                    .toList();
        });
        afterwards.forEach(Runnable::run);
        return answers;
    }

    private LeaseReply answer(
            EntityManager em, LockedLedgerRows rows, String node, LeaseReport report, List<Runnable> afterwards) {
        String id = report.creditId();
        if (!rows.holds(id)) {
            return new LeaseReply.Gone(id);
        }
        LedgerEntry entry = rows.entry(id);
        long lost = entry.totals().writtenOff();
        // What is left ends with the lease that holds it.
        Instant now = clock.instant();
        LeaseReply answer = entry.report(node, report, now);
        report.left()
                .map(open -> settlements.leave(em, entry, rows.apiId(id), open, now))
                .ifPresent(ended -> ended.forEach(call -> afterwards.add(() -> call.tell(uses))));
        rows.save(id, entry);
        long found = lost - entry.totals().writtenOff();
        if (found > 0) {
            WriteOff undone = rows.row(id).writeOff(found);
            afterwards.add(() -> back.accept(undone));
        }
        return answer;
    }

    @Override
    public List<Settlement> record(String realmId, List<Settlement> wishes) {
        return settlements.record(Optional.of(realmId), wishes);
    }

    @Override
    public List<Settlement> record(List<Settlement> wishes) {
        return settlements.record(Optional.empty(), wishes);
    }

    @Override
    public List<Settlement> collect(String node, List<ReservationId> heard) {
        return settlements.collect(node, heard);
    }
}
