package io.latchkey.model.jpa;

import io.latchkey.key.KeyHash;
import io.latchkey.key.KeyId;
import io.latchkey.model.ApiKey;
import io.latchkey.model.ApiKeyStore;
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
import org.keycloak.models.utils.KeycloakModelUtils;

/** The keys in Keycloak's database, in the transaction of the session. */
public final class JpaApiKeyStore implements ApiKeyStore {

    private final KeycloakSession session;
    private final EntityManager em;
    private final KeySearch search;
    private final UseRows uses;

    public JpaApiKeyStore(KeycloakSession session) {
        this.session = session;
        this.em = entityManager(session);
        this.search = new KeySearch(em);
        this.uses = new UseRows(em);
    }

    private static EntityManager entityManager(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
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
    public long count(KeyQuery query) {
        return search.count(query);
    }

    @Override
    public List<ApiKey> family(String realmId, String family) {
        return keys(search.family(realmId, family));
    }

    @Override
    public long liveFamilies(String realmId, String ownerId, Instant now) {
        return em.createQuery(
                        "select count(distinct k.family) from KeyEntity k"
                                + " where k.realmId = :realm and k.ownerId = :owner and k.endsAt > :now",
                        Long.class)
                .setParameter("realm", realmId)
                .setParameter("owner", ownerId)
                .setParameter("now", now.toEpochMilli())
                .getSingleResult();
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
                        .setParameter("name", KeyEntity.lower(name))
                        .setParameter("family", exceptFamily)
                        .getSingleResult()
                > 0;
    }

    @Override
    public void lockOwner(String realmId, String ownerId) {
        OwnerEntity.Id id = new OwnerEntity.Id(realmId, ownerId);
        Optional<RuntimeException> failure = ensureOwner(id);
        if (em.find(OwnerEntity.class, id, LockModeType.PESSIMISTIC_WRITE) == null) {
            throw new IllegalStateException(
                    "The row that guards the keys of owner " + ownerId + " cannot be created", failure.orElse(null));
        }
    }

    /**
     * In a transaction of its own: two first keys of one owner then meet at the row instead of failing at its insertion, and
     * the first thing this transaction reads is the lock, so that all it reads later is as new (MySQL shows a transaction the
     * picture of its first read, and locks even the gap where a row is missing).
     *
     * @return why the row was not made; often because another request was faster, which is just as good
     */
    private Optional<RuntimeException> ensureOwner(OwnerEntity.Id id) {
        try {
            KeycloakModelUtils.runJobInTransaction(session.getKeycloakSessionFactory(), other -> {
                EntityManager others = entityManager(other);
                if (others.find(OwnerEntity.class, id) == null) {
                    others.persist(new OwnerEntity(id));
                }
            });
            return Optional.empty();
        } catch (RuntimeException failed) {
            return Optional.of(failed);
        }
    }

    @Override
    public boolean holds(String text) {
        return DatabaseText.holds(em, text);
    }

    @Override
    public void add(ApiKey key) {
        em.persist(KeyEntity.of(key));
    }

    @Override
    public ApiKey save(ApiKey key) {
        KeyEntity row = em.find(KeyEntity.class, key.id().value());
        row.apply(key);
        em.flush();
        return row.toKey();
    }

    @Override
    public boolean confirm(String realmId, KeyId id) {
        return em.createQuery("update KeyEntity k set k.confirmed = true"
                                + " where k.id = :id and k.realmId = :realm and k.confirmed = false")
                        .setParameter("id", id.value())
                        .setParameter("realm", realmId)
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
    public void recordUses(Map<KeyId, LastUse> used) {
        uses.add(used);
    }

    @Override
    public void removeOwner(String realmId, String ownerId) {
        // First what changes of the owner's keys lock: after it, no key can appear that was not seen here.
        em.createQuery("delete from OwnerEntity o where o.id.realmId = :realm and o.id.ownerId = :owner")
                .setParameter("realm", realmId)
                .setParameter("owner", ownerId)
                .executeUpdate();
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
        em.createQuery("delete from OwnerEntity o where o.id.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
        uses.removeRealm(realmId);
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
    public List<ApiKey> restrictedTo(String realmId, String scopeOrClientId) {
        return keys(search.restrictedTo(realmId, scopeOrClientId));
    }

    @Override
    public void remove(Collection<KeyId> ids) {
        if (ids.isEmpty()) {
            return;
        }
        uses.remove(ids);
        em.createQuery("delete from KeyEntity k where k.id in :ids")
                .setParameter("ids", ids.stream().map(KeyId::value).toList())
                .executeUpdate();
    }

    @Override
    public List<OwnedIn> ownersAfter(Optional<OwnedIn> after, int max) {
        return search.ownersAfter(after, max);
    }

    private static List<ApiKey> keys(List<KeyEntity> rows) {
        return rows.stream().map(KeyEntity::toKey).toList();
    }
}
