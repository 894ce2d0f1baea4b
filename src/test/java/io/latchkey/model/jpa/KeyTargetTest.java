package io.latchkey.model.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.fakes.MemoryDatabase;
import io.latchkey.key.KeyId;
import io.latchkey.model.ApiKey;
import io.latchkey.model.Restrictions;
import io.latchkey.model.TestKeys;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;

class KeyTargetTest {

    private static final int MANY = 500;

    private final MemoryDatabase database = MemoryDatabase.open();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void removalOfOneClientAmongManyKeysReadsOneStatementAndNoKey() {
        IntStream.range(0, MANY).forEach(i -> add(id(i), List.of("scope-" + i % 7), List.of("client-" + i)));
        Statistics statistics = inSession(
                em -> em.getEntityManagerFactory().unwrap(SessionFactory.class).getStatistics());
        statistics.setStatisticsEnabled(true);
        statistics.clear();

        List<KeyId> found = restrictedTo("client-42");

        assertEquals(List.of(id(42)), found);
        assertEquals(1, statistics.getPrepareStatementCount());
        assertEquals(0, statistics.getEntityLoadCount());
        assertEquals(MANY / 7 + 1, restrictedTo("scope-0").size());
    }

    @Test
    void searchUsesTheIndexOfTheTargets() {
        String plan = inSession(em -> (String) em.createNativeQuery(
                        "explain select k.ID from LATCHKEY_KEY k join LATCHKEY_KEY_TARGET t on t.KEY_ID = k.ID"
                                + " where t.REALM_ID = 'realm' and t.TARGET_ID = 'client-42'",
                        String.class)
                .getSingleResult());

        assertTrue(plan.contains("IDX_LATCHKEY_KEY_TARGET"), plan);
        assertFalse(plan.contains("tableScan"), plan);
    }

    @Test
    void readingAKeyReadsOneRow() {
        add(id(1), List.of("a", "b"), List.of("c"));
        Statistics statistics = inSession(
                em -> em.getEntityManagerFactory().unwrap(SessionFactory.class).getStatistics());
        statistics.setStatisticsEnabled(true);
        statistics.clear();

        ApiKey key = inSession(em -> em.find(KeyEntity.class, id(1).value()).toKey());

        assertEquals(List.of("a", "b"), key.restrictions().scopes());
        assertEquals(1, statistics.getPrepareStatementCount());
    }

    @Test
    void targetsFollowTheRestrictionsOfTheKey() {
        add(id(1), List.of("a", "b"), List.of("c"));
        change(id(1), List.of("b"), List.of("b", "d"));

        assertEquals(List.of("api b", "api d", "scope b"), targets());
        assertEquals(List.of(), restrictedTo("a"));
        assertEquals(List.of(id(1)), restrictedTo("b"));

        change(id(1), List.of(), List.of());

        assertEquals(List.of(), targets());
    }

    @Test
    void targetsGoWithTheKey() {
        add(id(1), List.of("a"), List.of());
        add(id(2), List.of("a"), List.of());

        inSession(em -> em.createQuery("delete from KeyEntity k where k.id in :ids")
                .setParameter("ids", List.of(id(1).value()))
                .executeUpdate());

        assertEquals(List.of("scope a"), targets());
        assertEquals(List.of(id(2)), restrictedTo("a"));
    }

    private void add(KeyId id, List<String> scopes, List<String> audiences) {
        ApiKey key = TestKeys.named(id, TestKeys.HASH);
        inSession(em -> {
            em.persist(KeyEntity.of(restricted(key, scopes, audiences)));
            return null;
        });
    }

    private void change(KeyId id, List<String> scopes, List<String> audiences) {
        inSession(em -> {
            KeyEntity row = em.find(KeyEntity.class, id.value());
            row.apply(restricted(row.toKey(), scopes, audiences));
            return null;
        });
    }

    private static ApiKey restricted(ApiKey key, List<String> scopes, List<String> audiences) {
        return key.withSettings(key.settings().with(new Restrictions(scopes, audiences, List.of(), List.of())));
    }

    private List<KeyId> restrictedTo(String target) {
        String realm = TestKeys.active().realmId();
        return run(session -> new JpaApiKeyStore(session).restrictedTo(realm, target));
    }

    private List<String> targets() {
        return new ArrayList<>(inSession(em -> em.createNativeQuery(
                        "select KIND || ' ' || TARGET_ID from LATCHKEY_KEY_TARGET order by 1", String.class)
                .getResultList()));
    }

    private <T> T inSession(Function<EntityManager, T> work) {
        return run(session ->
                work.apply(session.getProvider(JpaConnectionProvider.class).getEntityManager()));
    }

    private <T> T run(Function<KeycloakSession, T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(database.sessions(), work::apply);
    }

    private static KeyId id(int number) {
        return new KeyId("%012d".formatted(number));
    }
}
