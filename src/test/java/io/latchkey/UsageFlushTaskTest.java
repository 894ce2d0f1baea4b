package io.latchkey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.events.RefusalEventBuffer;
import io.latchkey.fakes.MemoryDatabase;
import io.latchkey.model.TestKeys;
import io.latchkey.model.UsageCounterId;
import io.latchkey.model.jpa.FailingInsert;
import io.latchkey.model.jpa.StoredKey;
import io.latchkey.usage.RehashBuffer;
import io.latchkey.usage.UsageBuffer;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;

class UsageFlushTaskTest {

    private static final Instant NOON = Instant.parse("2030-01-31T12:00:00Z");

    private final MemoryDatabase database = MemoryDatabase.open();
    private final UsageBuffer uses = new UsageBuffer();
    private final UsageFlushTask flush =
            new UsageFlushTask(database.sessions(), uses, new RehashBuffer(), new RefusalEventBuffer());

    private final Logger written = Logger.getLogger(UsageFlushTask.class.getName());
    private final List<String> warnings = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
                warnings.add(line.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        written.setUseParentHandlers(false);
        written.addHandler(handler);
        in(session -> {
            StoredKey.add(entities(session), TestKeys.active());
            return null;
        });
        uses.accepted(TestKeys.active().id(), UsageCounterId.NO_API, NOON, Optional.empty());
    }

    @AfterEach
    void close() {
        written.removeHandler(handler);
        written.setUseParentHandlers(true);
        database.close();
    }

    @Test
    void useThatIsWrittenIsNoWarning() {
        flush.run();

        assertTrue(uses.isEmpty());
        assertEquals(List.of(), warnings);
    }

    @Test
    void useWhoseRowCannotBeMadeIsKeptWithAWarningThatNamesTheCause() {
        sql(FailingInsert.create("53100"));

        flush.run();

        assertEquals(
                List.of("Uses of API keys could not be written; they are kept for the next attempt:"
                        + " java.sql.SQLException: cannot insert"),
                warnings);
        sql(FailingInsert.drop("53100"));
        flush.run();
        assertTrue(uses.isEmpty());
        List<Long> counted = in(session -> entities(session)
                .createQuery("select u.uses from LastUseEntity u", Long.class)
                .getResultList());
        assertEquals(List.of(1L), counted);
    }

    @Test
    void useThatCannotBeWrittenBeforeTheNodeStopsIsAnError() {
        sql(FailingInsert.create("53100"));

        flush.runBeforeStop();

        assertTrue(
                warnings.contains(
                        "This node stops before the database has taken the last uses of API keys: they are not counted"),
                warnings::toString);
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
