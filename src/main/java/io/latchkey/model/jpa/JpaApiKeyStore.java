package io.latchkey.model.jpa;

import io.latchkey.key.KeyHash;
import io.latchkey.key.KeyId;
import io.latchkey.model.ActiveKey;
import io.latchkey.model.ApiKey;
import io.latchkey.model.ApiKeyStore;
import io.latchkey.model.ComparableName;
import io.latchkey.model.KeyQuery;
import io.latchkey.model.LastUse;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Stores keys in Keycloak's database, in the transaction of the session. */
public final class JpaApiKeyStore implements ApiKeyStore {

    private final EntityManager em;
    private final KeyQueries search;
    private final LastUseRepository uses;
    private final OwnerLocks owners;
    private final OwnerCacheEviction eviction;

    public JpaApiKeyStore(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.search = new KeyQueries(em);
        this.uses = new LastUseRepository(em);
        this.owners = new OwnerLocks(session, em);
        this.eviction = new OwnerCacheEviction(session);
    }

    @Override
    public Optional<ApiKey> find(String realmId, KeyId id) {
        // By id alone, so that one indexed read serves every door; a database that ignores case must not find a
        // neighbour.
        return Optional.ofNullable(em.find(KeyEntity.class, id.value()))
                .map(KeyEntity::toKey)
                .filter(key -> key.realmId().equals(realmId) && key.id().equals(id));
    }

    @Override
    public Optional<ApiKey> findByHash(String realmId, String hex) {
        return em.createQuery("select k from KeyEntity k where k.realmId = :realm and k.hash = :hash", KeyEntity.class)
                .setParameter("realm", realmId)
                .setParameter("hash", hex)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(KeyEntity::toKey);
    }

    @Override
    public boolean exists(KeyId id) {
        return em.find(KeyEntity.class, id.value()) != null;
    }

    @Override
    public Optional<ApiKey> reread(String realmId, KeyId id) {
        KeyEntity seen = em.find(KeyEntity.class, id.value());
        if (seen != null) {
            em.detach(seen);
        }
        // A locking read sees the newest row even where the database shows this transaction an older picture.
        KeyEntity newest = em.find(KeyEntity.class, id.value(), LockModeType.PESSIMISTIC_WRITE);
        return newest == null ? Optional.empty() : find(realmId, id);
    }

    @Override
    public List<ApiKey> find(KeyQuery query, int first, int max) {
        return keys(search.page(query, first, max));
    }

    @Override
    public List<ApiKey> findAfter(KeyQuery query, Optional<ApiKey> last, int max) {
        return keys(search.after(query, last, max));
    }

    @Override
    public long count(KeyQuery query) {
        return search.count(query);
    }

    @Override
    public List<ApiKey> family(String realmId, String family) {
        return keys(search.family(realmId, family));
    }

    @Override
    public long countNotEnded(String realmId, String ownerId, Instant now) {
        return em.createQuery(
                        "select count(k.id) from KeyEntity k"
                                + " where k.realmId = :realm and k.ownerId = :owner and k.endsAt > :now",
                        Long.class)
                .setParameter("realm", realmId)
                .setParameter("owner", ownerId)
                .setParameter("now", now.toEpochMilli())
                .getSingleResult();
    }

    @Override
    public List<ActiveKey> living(String realmId, String ownerId, Instant now) {
        return search.living(realmId, ownerId, now);
    }

    @Override
    public boolean nameTaken(String realmId, String ownerId, String name, String exceptFamily, Instant now) {
        return em.createQuery(
                                "select count(k.id) from KeyEntity k where k.realmId = :realm and k.ownerId = :owner"
                                        + " and k.endsAt > :now and k.nameLower = :name and k.family <> :family",
                                Long.class)
                        .setParameter("realm", realmId)
                        .setParameter("owner", ownerId)
                        .setParameter("now", now.toEpochMilli())
                        .setParameter("name", ComparableName.of(name))
                        .setParameter("family", exceptFamily)
                        .getSingleResult()
                > 0;
    }

    @Override
    public void lockOwner(String realmId, String ownerId) {
        owners.lock(realmId, ownerId);
    }

    @Override
    public boolean lockOwnerForNewKey(String realmId, String ownerId) {
        return owners.lockForNewKey(realmId, ownerId);
    }

    @Override
    public Optional<String> columnTooNarrowFor(String name) {
        return ColumnCharset.columnTooNarrowFor(em, name);
    }

    @Override
    public void add(ApiKey key) {
        em.persist(KeyEntity.of(key));
        changed(key);
    }

    @Override
    public ApiKey save(ApiKey key) {
        KeyEntity row = em.find(KeyEntity.class, key.id().value());
        row.apply(key);
        em.flush();
        changed(key);
        return row.toKey();
    }

    private void changed(ApiKey key) {
        eviction.of(key.realmId(), key.owner().id());
    }

    @Override
    public boolean confirm(ApiKey key) {
        changed(key);
        return em.createQuery("update KeyEntity k set k.confirmed = true"
                                + " where k.id = :id and k.realmId = :realm and k.confirmed = false")
                        .setParameter("id", key.id().value())
                        .setParameter("realm", key.realmId())
                        .executeUpdate()
                > 0;
    }

    @Override
    public void rehash(KeyId id, int fromPepperVersion, KeyHash hash) {
        em.createQuery(
                        "update KeyEntity k set k.hash = :hash, k.pepperVersion = :to where k.id = :id and k.pepperVersion = :from")
                .setParameter("hash", hash.hex())
                .setParameter("to", hash.pepperVersion())
                .setParameter("id", id.value())
                .setParameter("from", fromPepperVersion)
                .executeUpdate();
    }

    @Override
    public Map<KeyId, LastUse> lastUses(Collection<KeyId> ids) {
        return uses.find(ids);
    }

    @Override
    public void removeOwner(String realmId, String ownerId) {
        // First what changes that add a key lock: after it, no key can appear that was not seen here.
        owners.remove(realmId, ownerId);
        remove(em.createQuery(
                        "select k.id from KeyEntity k where k.realmId = :realm and k.ownerId = :owner", String.class)
                .setParameter("realm", realmId)
                .setParameter("owner", ownerId)
                .getResultStream()
                .map(KeyId::new)
                .toList());
    }

    @Override
    public void removeRealm(String realmId) {
        owners.removeRealm(realmId);
        em.createQuery("delete from KeyEntity k where k.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    @Override
    public List<ApiKey> endedBefore(Instant moment, int max) {
        return keys(search.endedBefore(moment, max));
    }

    @Override
    public List<ApiKey> endedBetween(Instant after, Instant until, int first, int max) {
        return keys(search.endedBetween(after, until, first, max));
    }

    @Override
    public List<KeyId> restrictedTo(String realmId, String scopeOrClientId) {
        return search.restrictedTo(realmId, scopeOrClientId).stream()
                .map(KeyId::new)
                .toList();
    }

    @Override
    public void remove(Collection<KeyId> ids) {
        if (ids.isEmpty()) {
            return;
        }
        em.createQuery("delete from KeyEntity k where k.id in :ids")
                .setParameter("ids", ids.stream().map(KeyId::value).toList())
                .executeUpdate();
    }

    @Override
    public List<OwnedIn> ownersAfter(Optional<OwnedIn> after, int max) {
        return OwnerTable.owners(em).ownersAfter(after, max);
    }

    private static List<ApiKey> keys(List<KeyEntity> rows) {
        return rows.stream().map(KeyEntity::toKey).toList();
    }
}
