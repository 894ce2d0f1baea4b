package io.latchkey.credits.ledger;

import io.latchkey.model.Allowance;
import io.latchkey.model.Credits;
import io.latchkey.model.OwnerData;
import io.latchkey.model.jpa.OwnerCacheEviction;
import io.latchkey.model.jpa.OwnerTable;
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

/** Reads and changes allowances and the ledger in Keycloak's database, in the transaction of the session. */
public final class JpaCreditStore implements CreditStore {

    private final KeycloakSession session;
    private final EntityManager em;

    public JpaCreditStore(KeycloakSession session) {
        this.session = session;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    @Override
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
                .map(JpaCreditStore::balance)
                .toList();
    }

    private static CreditBalance balance(CreditEntity row) {
        Optional<Instant> end =
                Optional.of(row.endsAt()).filter(at -> at != CreditEntity.NEVER).map(Instant::ofEpochMilli);
        return new CreditBalance(row.account(), row.period(), end, row.totals());
    }

    @Override
    public Optional<Allowance> allowance(CreditAccount account) {
        return Optional.ofNullable(em.find(AllowanceEntity.class, AllowanceEntity.Id.of(account)))
                .map(AllowanceEntity::allowance);
    }

    @Override
    public Map<String, Allowance> allowances(String realmId, String ownerId) {
        return em.createQuery(
                        "select a from AllowanceEntity a where a.id.realmId = :realm and a.id.ownerId = :owner",
                        AllowanceEntity.class)
                .setParameter("realm", realmId)
                .setParameter("owner", ownerId)
                .getResultStream()
                .collect(Collectors.toMap(row -> row.account().apiId(), AllowanceEntity::allowance));
    }

    @Override
    public List<CreditBalance> balances(String realmId, String ownerId, Set<String> periods) {
        return em.createQuery(
                        "select c from CreditEntity c where c.realmId = :realm and c.ownerId = :owner"
                                + " and c.period in :periods",
                        CreditEntity.class)
                .setParameter("realm", realmId)
                .setParameter("owner", ownerId)
                .setParameter("periods", periods)
                .getResultStream()
                .map(JpaCreditStore::balance)
                .toList();
    }

    @Override
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

    @Override
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

    @Override
    public Optional<CreditBalance> grant(String creditId, Allowance allowance, Credits more) {
        LockedLedgerRows rows = LockedLedgerRows.lock(em, List.of(creditId));
        LedgerRowBalance entry = rows.entry(creditId);
        entry.grant(allowance);
        if (!entry.topUp(more)) {
            return Optional.empty();
        }
        rows.save(creditId, entry);
        return Optional.of(balance(rows.all().iterator().next()));
    }

    @Override
    public void removeOwner(String realmId, String ownerId) {
        allowances().removeOwner(realmId, ownerId);
        balances().removeOwner(realmId, ownerId);
    }

    @Override
    public void removeRealm(String realmId) {
        allowances().removeRealm(realmId);
        balances().removeRealm(realmId);
    }

    @Override
    public OwnerData allowances() {
        return new OwnerTable(em, "AllowanceEntity", "o.id.");
    }

    @Override
    public OwnerData balances() {
        return new OwnerTable(em, "CreditEntity", "o.");
    }

    @Override
    public void removeApi(String apiId) {
        delete("AllowanceEntity c where c.id.apiId", apiId);
        delete("CreditEntity c where c.apiId", apiId);
    }

    private void delete(String what, String id) {
        Query delete = em.createQuery("delete from " + what + " = :id");
        delete.setParameter("id", id).executeUpdate();
    }

    @Override
    public List<SettledCall> expire(Instant reserved, int most) {
        return AbandonedReservations.expire(em, reserved, most);
    }

    @Override
    public WriteOffBatch writeOff(Instant now, int most) {
        return new UnrenewedLeases(em).writeOff(now, most);
    }

    @Override
    public boolean reclaim(Instant reserved, int most) {
        return new UnrenewedLeases(em).reclaim(reserved, most);
    }

    @Override
    public boolean purge(Instant settledBefore, Instant endedBefore, int most) {
        boolean settlements = purge("SettlementEntity", "reservation", "recordedAt", settledBefore, most);
        boolean periods = purge("CreditEntity", "id", "endsAt", endedBefore, most);
        em.createQuery("delete from LeaseEntity l where l.state in ('open', 'stopped') and l.renewedAt < :end"
                        + " and l.amount = l.used")
                .setParameter("end", settledBefore.toEpochMilli())
                .executeUpdate();
        return settlements || periods;
    }

    private boolean purge(String entity, String key, String time, Instant before, int most) {
        List<String> ids = em.createQuery(
                        "select e." + key + " from " + entity + " e where e." + time + " < :end", String.class)
                .setParameter("end", before.toEpochMilli())
                .setMaxResults(most)
                .getResultList();
        if (!ids.isEmpty()) {
            em.createQuery("delete from " + entity + " e where e." + key + " in :ids")
                    .setParameter("ids", ids)
                    .executeUpdate();
        }
        return ids.size() == most;
    }
}
