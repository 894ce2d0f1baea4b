package io.latchkey.credits.ledger;

import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.OwnerData;
import io.latchkey.model.jpa.OwnedRows;
import io.latchkey.model.jpa.OwnerCacheEviction;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Reads and changes allowances and the ledger for administrators and purge tasks, in the transaction of one Keycloak session. */
public final class CreditStore {

    private final KeycloakSession session;
    private final EntityManager em;

    public CreditStore(KeycloakSession session) {
        this.session = session;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** Lists balances, latest period first. */
    public List<CreditBalance> find(CreditQuery query, int first, int max) {
        Map<String, Object> parameters = new TreeMap<>(Map.of("realm", query.realmId()));
        StringBuilder where = new StringBuilder("c.realmId = :realm");
        query.ownerId().ifPresent(owner -> {
            where.append(" and c.ownerId = :owner");
            parameters.put("owner", owner);
        });
        query.apiId().ifPresent(api -> {
            where.append(" and c.apiId = :api");
            parameters.put("api", api);
        });
        query.period().ifPresent(period -> {
            where.append(" and c.period = :period");
            parameters.put("period", period);
        });
        var typed = em.createQuery(
                "select c from CreditEntity c where " + where + " order by c.endsAt desc, c.ownerId, c.apiId",
                CreditEntity.class);
        parameters.forEach(typed::setParameter);
        return typed.setFirstResult(first)
                .setMaxResults(max)
                .getResultStream()
                .map(CreditStore::balance)
                .toList();
    }

    private static CreditBalance balance(CreditEntity row) {
        Optional<Instant> end =
                Optional.of(row.endsAt()).filter(at -> at != CreditEntity.NEVER).map(Instant::ofEpochMilli);
        return new CreditBalance(row.account(), row.period(), end, row.totals());
    }

    public Optional<Allowance> allowance(CreditAccount account) {
        return Optional.ofNullable(em.find(AllowanceEntity.class, AllowanceEntity.Id.of(account)))
                .map(AllowanceEntity::allowance);
    }

    /** The allowances that administrators have set for an owner, by the id of the API. */
    public Map<String, Allowance> allowances(String realmId, String ownerId) {
        return em.createQuery(
                        "select a from AllowanceEntity a where a.id.realmId = :realm and a.id.ownerId = :owner",
                        AllowanceEntity.class)
                .setParameter("realm", realmId)
                .setParameter("owner", ownerId)
                .getResultStream()
                .collect(Collectors.toMap(row -> row.account().apiId(), AllowanceEntity::allowance));
    }

    /** The balances of an owner at all APIs in the periods with these labels. */
    public List<CreditBalance> balances(String realmId, String ownerId, Set<String> periods) {
        return em.createQuery(
                        "select c from CreditEntity c where c.realmId = :realm and c.ownerId = :owner"
                                + " and c.period in :periods",
                        CreditEntity.class)
                .setParameter("realm", realmId)
                .setParameter("owner", ownerId)
                .setParameter("periods", periods)
                .getResultStream()
                .map(CreditStore::balance)
                .toList();
    }

    /** Sets an allowance that replaces those of plans. */
    public void setAllowance(CreditAccount account, Allowance allowance) {
        AllowanceEntity.Id id = AllowanceEntity.Id.of(account);
        AllowanceEntity row = em.find(AllowanceEntity.class, id);
        if (row == null) {
            row = new AllowanceEntity(id);
            row.set(allowance);
            em.persist(row);
        } else {
            row.set(allowance);
        }
        evict(account);
    }

    /** @return whether there was one */
    public boolean removeAllowance(CreditAccount account) {
        AllowanceEntity row = em.find(AllowanceEntity.class, AllowanceEntity.Id.of(account));
        if (row == null) {
            return false;
        }
        em.remove(row);
        evict(account);
        return true;
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
        LedgerRowBalance entry = rows.entry(creditId);
        entry.grant(allowance);
        if (!entry.topUp(more)) {
            return Optional.empty();
        }
        rows.save(creditId, entry);
        return Optional.of(balance(rows.all().iterator().next()));
    }

    public void removeOwner(String realmId, String ownerId) {
        allowances().removeOwner(realmId, ownerId);
        balances().removeOwner(realmId, ownerId);
    }

    public void removeRealm(String realmId) {
        allowances().removeRealm(realmId);
        balances().removeRealm(realmId);
    }

    /** The table of allowances that administrators have set. */
    public OwnerData allowances() {
        return new OwnedRows(em, "AllowanceEntity", "o.id.");
    }

    /** The table of ledger rows. */
    public OwnerData balances() {
        return new OwnedRows(em, "CreditEntity", "o.");
    }

    public void removeApi(String apiId) {
        delete("AllowanceEntity c where c.id.apiId", apiId);
        delete("CreditEntity c where c.apiId", apiId);
    }

    private void delete(String what, String id) {
        Query delete = em.createQuery("delete from " + what + " = :id");
        delete.setParameter("id", id).executeUpdate();
    }

    /**
     * Expires open reservations that stopped nodes have handed over.
     *
     * @param reserved moment; no reservation that is older can be open
     * @param most maximum number
     */
    public List<SettledCall> expire(Instant reserved, int most) {
        return maintenance().expire(reserved, most);
    }

    /** Writes off leases of nodes that have not reported for a minute, in at most {@code most} ledger rows. */
    public WriteOffBatch writeOff(Instant now, int most) {
        return maintenance().writeOff(now, most);
    }

    /**
     * Reclaims the leases of stopped nodes after their reservations have ended, in at most {@code most} ledger rows.
     *
     * @param reserved moment; no reservation that is older can be open
     * @return whether there may be more
     */
    public boolean reclaim(Instant reserved, int most) {
        return maintenance().reclaim(reserved, most);
    }

    public boolean purge(Instant settledBefore, Instant endedBefore, int most) {
        return maintenance().purge(settledBefore, endedBefore, most);
    }

    private LedgerMaintenance maintenance() {
        return new LedgerMaintenance(em);
    }

    /**
     * The result of one batch of write-offs.
     *
     * @param hasMore whether there may be more
     */
    record WriteOffBatch(List<WriteOff> writtenOff, boolean hasMore) {}
}
