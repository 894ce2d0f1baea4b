package io.latchkey.model.jpa;

import io.latchkey.key.KeyHash;
import io.latchkey.key.KeyId;
import io.latchkey.model.ApiKey;
import io.latchkey.model.ApiKeyStore;
import io.latchkey.model.ComparableName;
import io.latchkey.model.KeyQuery;
import io.latchkey.model.KeySlotUse;
import io.latchkey.model.LastUse;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Stores keys in Keycloak's database, in the transaction of the session. */
public final class JpaApiKeyStore implements ApiKeyStore {

    private static final String OF_OWNER = " from KeyEntity k where k.realmId = ?1 and k.ownerId = ?2";

    private final EntityManager em;
    private final OwnerLocks owners;
    private final OwnerCacheEviction eviction;

    public JpaApiKeyStore(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.owners = new OwnerLocks(session, em);
        this.eviction = new OwnerCacheEviction(session);
    }

    @Override
    public Optional<ApiKey> find(String realmId, KeyId id) {
        // By id alone, so that one indexed read serves every endpoint; a database that ignores case must not find a
        // neighbour.
        return Optional.ofNullable(em.find(KeyEntity.class, id.value()))
                .map(KeyEntity::toKey)
                .filter(key -> key.realmId().equals(realmId) && key.id().equals(id));
    }

    @Override
    public Optional<KeyHash> findHash(String realmId, KeyId id) {
        return em.createQuery(
                        "select k.id, k.pepperVersion, k.hash from KeyEntity k where k.id = ?1 and k.realmId = ?2",
                        Object[].class)
                .setParameter(1, id.value())
                .setParameter(2, realmId)
                .getResultStream()
                .filter(row -> row[0].equals(id.value()))
                .map(row -> new KeyHash((int) row[1], (String) row[2]))
                .findFirst();
    }

    @Override
    public Optional<ApiKey> findByHash(String realmId, String hex) {
        return keys("where k.realmId = ?1 and k.hash = ?2", 0, 1, realmId, hex).stream()
                .findFirst();
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
        return keys(new KeyQueryCondition(query).newestFirst(em).setFirstResult(first), max);
    }

    @Override
    public List<ApiKey> findAfter(KeyQuery query, Optional<ApiKey> last, int max) {
        KeyQueryCondition condition = new KeyQueryCondition(query);
        last.ifPresent(condition::after);
        return keys(condition.newestFirst(em), max);
    }

    @Override
    public long count(KeyQuery query) {
        return new KeyQueryCondition(query).count(em);
    }

    @Override
    public List<ApiKey> family(String realmId, String family) {
        return keys("where k.realmId = ?1 and k.family = ?2", 0, Integer.MAX_VALUE, realmId, family);
    }

    @Override
    public long countNotEnded(String realmId, String ownerId, Instant now) {
        return count(OF_OWNER + " and k.endsAt > ?3", realmId, ownerId, now.toEpochMilli());
    }

    /** Reads three columns and no entities: this session may have read some of the keys before. */
    @Override
    public List<KeySlotUse> living(String realmId, String ownerId, Instant now) {
        return Jpql.query(
                        em,
                        Object[].class,
                        "select k.family, coalesce(k.familySince, k.createdAt), k.endsAt" + OF_OWNER
                                + " and k.endsAt > ?3 and k.activation = 'ENABLED'",
                        realmId,
                        ownerId,
                        now.toEpochMilli())
                .getResultStream()
                .map(row -> new KeySlotUse((String) row[0], Instant.ofEpochMilli((Long) row[1]), end((Long) row[2])))
                .toList();
    }

    private static Instant end(long millis) {
        return millis == KeyEntity.NEVER ? Instant.MAX : Instant.ofEpochMilli(millis);
    }

    @Override
    public boolean nameTaken(String realmId, String ownerId, String name, String exceptFamily, Instant now) {
        return count(
                        OF_OWNER + " and k.endsAt > ?3 and k.nameLower = ?4 and k.family <> ?5",
                        realmId,
                        ownerId,
                        now.toEpochMilli(),
                        ComparableName.of(name),
                        exceptFamily)
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
        evictOwner(key);
    }

    @Override
    public ApiKey save(ApiKey key) {
        KeyEntity row = em.find(KeyEntity.class, key.id().value());
        row.apply(key);
        em.flush();
        evictOwner(key);
        return row.toKey();
    }

    private void evictOwner(ApiKey key) {
        eviction.of(key.realmId(), key.owner().id());
    }

    @Override
    public boolean confirm(ApiKey key) {
        evictOwner(key);
        String update =
                "update KeyEntity k set k.confirmed = true where k.id = ?1 and k.realmId = ?2 and k.confirmed = false";
        return Jpql.execute(em, update, key.id().value(), key.realmId()) > 0;
    }

    @Override
    public void rehash(KeyId id, int fromPepperVersion, KeyHash hash) {
        Jpql.execute(
                em,
                "update KeyEntity k set k.hash = ?1, k.pepperVersion = ?2 where k.id = ?3 and k.pepperVersion = ?4",
                hash.hex(),
                hash.pepperVersion(),
                id.value(),
                fromPepperVersion);
    }

    @Override
    public Map<KeyId, LastUse> lastUses(Collection<KeyId> ids) {
        return new LastUseRepository(em).find(ids);
    }

    @Override
    public void removeOwner(String realmId, String ownerId) {
        // First what changes that add a key lock: after it, no key can appear that was not seen here.
        owners.remove(realmId, ownerId);
        remove(ids("select k.id" + OF_OWNER, realmId, ownerId));
    }

    @Override
    public void removeRealm(String realmId) {
        OwnedTable.owners(em).removeRealm(realmId);
        Jpql.execute(em, "delete from KeyEntity k where k.realmId = ?1", realmId);
    }

    @Override
    public List<ApiKey> endedBefore(Instant moment, int max) {
        return keys("where k.endsAt < ?1 order by k.endsAt", 0, max, moment.toEpochMilli());
    }

    @Override
    public List<ApiKey> endedBetween(Instant after, Instant until, int first, int max) {
        String where = "where k.endsAt > ?1 and k.endsAt <= ?2 order by k.endsAt, k.id";
        return keys(where, first, max, after.toEpochMilli(), until.toEpochMilli());
    }

    @Override
    public List<KeyId> restrictedTo(String realmId, String scopeOrClientId) {
        return ids(
                "select k.id from KeyEntity k join k.targets t where t.realmId = ?1 and t.targetId = ?2"
                        + " group by k.id, k.ownerId order by k.ownerId, k.id",
                realmId,
                scopeOrClientId);
    }

    @Override
    public void remove(Collection<KeyId> ids) {
        if (!ids.isEmpty()) {
            List<String> values = ids.stream().map(KeyId::value).toList();
            Jpql.execute(em, "delete from KeyEntity k where k.id in ?1", values);
        }
    }

    @Override
    public List<OwnedIn> ownersAfter(Optional<OwnedIn> after, int max) {
        return OwnedTable.owners(em).ownersAfter(after, max);
    }

    private long count(String from, Object... parameters) {
        return Jpql.query(em, Long.class, "select count(k.id)" + from, parameters)
                .getSingleResult();
    }

    private List<KeyId> ids(String jpql, Object... parameters) {
        return Jpql.query(em, String.class, jpql, parameters)
                .getResultStream()
                .map(KeyId::new)
                .toList();
    }

    private List<ApiKey> keys(String where, int first, int max, Object... parameters) {
        String jpql = "select k from KeyEntity k " + where;
        return keys(Jpql.query(em, KeyEntity.class, jpql, parameters).setFirstResult(first), max);
    }

    private static List<ApiKey> keys(TypedQuery<KeyEntity> query, int max) {
        return query.setMaxResults(max).getResultStream().map(KeyEntity::toKey).toList();
    }
}
