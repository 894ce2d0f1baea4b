package io.latchkey.model.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.fakes.MemoryDatabase;
import io.latchkey.key.KeyHash;
import io.latchkey.key.KeyId;
import io.latchkey.keycloak.DatabaseFailure;
import io.latchkey.model.ApiKey;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.PendingUsageCount;
import io.latchkey.model.TestKeys;
import io.latchkey.model.UsageCounterId;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;

class JpaUseWriterTest {

    private static final KeyId KEY = TestKeys.active().id();
    private static final Instant NOON = Instant.parse("2030-01-31T12:00:00Z");

    private final MemoryDatabase database = MemoryDatabase.open();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void useIsCountedOnce() {
        addKey();

        assertEquals(List.of(), writer().write(List.of(uses(KEY, 5))));

        assertEquals(5, counted());
    }

    @ParameterizedTest
    @CsvSource({
        "53100, UNAVAILABLE", // the disk is full
        "55P03, CONFLICT", // a lock timeout
        "40P01, CONFLICT", // a deadlock
    })
    void useOfAKeyWhoseRowCannotBeMadeWaitsAndIsReported(String sqlState, DatabaseFailure reported) {
        addKey();
        sql(FailingInsert.create(sqlState));
        JpaUseWriter writer = writer();

        List<PendingUsageCount> waiting = writer.write(List.of(uses(KEY, 5)));

        assertEquals(List.of(uses(KEY, 5)), waiting);
        assertEquals(Optional.of(reported), writer.failure().flatMap(DatabaseFailure::of));
        sql(FailingInsert.drop(sqlState));
        assertEquals(List.of(), writer().write(waiting));
        assertEquals(5, counted());
    }

    @Test
    void useOfAKeyWhoseRowCannotBeMadeWaitsBeforeAStop() {
        addKey();
        sql(FailingInsert.create("53100"));

        assertEquals(List.of(uses(KEY, 5)), new JpaUseWriter(database.sessions(), true).write(List.of(uses(KEY, 5))));
    }

    @Test
    void usesOfOtherKeysAreCountedWhileOneWaits() {
        addKey();
        writer().write(List.of(uses(KEY, 5)));
        sql(FailingInsert.create("53100"));
        add(TestKeys.named(TestKeys.id('b'), new KeyHash(1, "1".repeat(64))));
        PendingUsageCount waits = uses(TestKeys.id('b'), 7);

        assertEquals(List.of(waits), writer().write(List.of(uses(KEY, 1), waits)));

        assertEquals(6, counted());
    }

    @Test
    void useOfAKeyThatHasGoneIsForgottenWithoutAReport() {
        JpaUseWriter writer = writer();

        assertEquals(List.of(), writer.write(List.of(uses(KEY, 5))));

        assertEquals(Optional.empty(), writer.failure());
    }

    @Test
    void useWhoseRowAnotherNodeHoldsWaitsWithoutAReport() {
        addKey();
        writer().write(List.of(uses(KEY, 5)));
        JpaUseWriter writer = writer();

        List<PendingUsageCount> waiting = in(session -> {
            new LastUseRepository(entities(session)).lock(List.of(KEY.value()), true);
            return writer.write(List.of(uses(KEY, 1)));
        });

        assertEquals(List.of(uses(KEY, 1)), waiting);
        assertEquals(Optional.empty(), writer.failure());
    }

    private JpaUseWriter writer() {
        return new JpaUseWriter(database.sessions(), false);
    }

    private static PendingUsageCount uses(KeyId key, long uses) {
        return new PendingUsageCount(
                UsageCounterId.at(key, "rest", NOON, UsageCounterId.ACCEPTED),
                uses,
                CreditAmount.ZERO,
                NOON,
                Optional.empty());
    }

    private void addKey() {
        add(TestKeys.active());
    }

    private void add(ApiKey key) {
        in(session -> {
            entities(session).persist(KeyEntity.of(key));
            return null;
        });
    }

    private long counted() {
        return in(session -> new LastUseRepository(entities(session))
                .find(List.of(KEY))
                .get(KEY)
                .uses());
    }

    private void sql(String statement) {
        in(session -> entities(session).createNativeQuery(statement).executeUpdate());
    }

    private <T> T in(Function<KeycloakSession, T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(database.sessions(), work::apply);
    }

    private static EntityManager entities(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
