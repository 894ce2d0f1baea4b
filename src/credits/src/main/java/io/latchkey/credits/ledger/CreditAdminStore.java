package io.latchkey.credits.ledger;

import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.OwnerDataCleanup;
import io.latchkey.model.jpa.Jpql;
import io.latchkey.model.jpa.OwnedTable;
import io.latchkey.model.jpa.OwnerCacheEviction;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Reads and changes allowances and the ledger for administrators, in the transaction of one Keycloak session. */
public final class CreditAdminStore {

    private final KeycloakSession session;
    private final EntityManager em;

    public CreditAdminStore(KeycloakSession session) {
        this.session = session;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** Lists balances, latest period first. */
    public List<CreditBalance> find(CreditQuery query, int first, int max) {
        Jpql where = new Jpql("c.account.realmId = :realm").set("realm", query.realmId());
        query.ownerId().ifPresent(owner -> where.and("c.account.ownerId = :owner", "owner", owner));
        query.apiId().ifPresent(api -> where.and("c.account.apiId = :api", "api", api));
        query.period().ifPresent(period -> where.and("c.period = :period", "period", period));
        String order = " order by c.endsAt desc, c.account.ownerId, c.account.apiId";
        return where.select(em, "select c from CreditEntity c", order, CreditEntity.class)
                .setFirstResult(first)
                .setMaxResults(max)
                .getResultStream()
                .map(CreditEntity::balance)
                .toList();
    }

    public Optional<Allowance> allowance(CreditAccount account) {
        return Optional.ofNullable(em.find(AllowanceEntity.class, account)).map(AllowanceEntity::allowance);
    }

    /** The allowances that administrators have set for an owner, by the id of the API. */
    public Map<String, Allowance> allowances(String realmId, String ownerId) {
        String select = "select a from AllowanceEntity a where a.id.realmId = ?1 and a.id.ownerId = ?2";
        return Jpql.query(em, AllowanceEntity.class, select, realmId, ownerId)
                .getResultStream()
                .collect(Collectors.toMap(row -> row.id.apiId(), AllowanceEntity::allowance));
    }

    /** The balances of an owner at all APIs in the periods with these labels. */
    public List<CreditBalance> balances(String realmId, String ownerId, Set<String> periods) {
        String select = "select c from CreditEntity c where c.account.realmId = ?1 and c.account.ownerId = ?2"
                + " and c.period in ?3";
        return Jpql.query(em, CreditEntity.class, select, realmId, ownerId, periods)
                .getResultStream()
                .map(CreditEntity::balance)
                .toList();
    }

    /** Sets an allowance that replaces those of plans. */
    public void setAllowance(CreditAccount account, Allowance allowance) {
        em.merge(new AllowanceEntity(account, allowance));
        evict(account);
    }

    public void removeAllowance(CreditAccount account) {
        AllowanceEntity row = em.find(AllowanceEntity.class, account);
        if (row != null) {
            em.remove(row);
            evict(account);
        }
    }

    /** Every node attaches allowances to the cached owner. */
    private void evict(CreditAccount account) {
        new OwnerCacheEviction(session).of(account.realmId(), account.ownerId());
    }

    /**
     * Applies an allowance and a top-up to an existing ledger row; empty if the top-ups exceed {@link CreditAmount#MOST}.
     */
    public Optional<CreditBalance> grant(String creditId, Allowance allowance, CreditAmount more) {
        LockedLedgerRows rows = LockedLedgerRows.lock(em, List.of(creditId));
        LedgerRowBalance balance = rows.balance(creditId);
        balance.grant(allowance);
        if (!balance.topUp(more)) {
            return Optional.empty();
        }
        rows.save(creditId, balance);
        return Optional.of(rows.rows().get(creditId).balance());
    }

    /** The table of allowances that administrators have set. */
    public OwnerDataCleanup allowances() {
        return new OwnedTable(em, "AllowanceEntity", "o.id.");
    }

    /** The table of ledger rows. */
    public OwnerDataCleanup balances() {
        return new OwnedTable(em, "CreditEntity", "o.account.");
    }

    public void removeOwner(String realmId, String ownerId) {
        allowances().removeOwner(realmId, ownerId);
        balances().removeOwner(realmId, ownerId);
    }

    public void removeRealm(String realmId) {
        allowances().removeRealm(realmId);
        balances().removeRealm(realmId);
    }

    public void removeApi(String apiId) {
        Jpql.execute(em, "delete from AllowanceEntity a where a.id.apiId = ?1", apiId);
        Jpql.execute(em, "delete from CreditEntity c where c.account.apiId = ?1", apiId);
    }
}
