package io.latchkey.model.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import liquibase.Liquibase;
import liquibase.changelog.ChangeSet;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.junit.jupiter.api.Test;

/** Uses that were counted before there were APIs and credits stay, and more can be added. */
class UsageUpgradeTest {

    private static final String LAST = "0.1.0-use-api";

    @Test
    void hoursThatWereCountedBeforeStay() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:" + UUID.randomUUID());
                Statement statement = connection.createStatement()) {
            Liquibase changes = new Liquibase(
                    "META-INF/latchkey/changelog.xml",
                    new ClassLoaderResourceAccessor(),
                    new JdbcConnection(connection));
            changes.update(before(changes), "");
            statement.execute("set referential_integrity false");
            statement.execute("insert into LATCHKEY_USE values ('k', 0, null, 0)");
            statement.execute("insert into LATCHKEY_USE_HOUR values ('k', 3600000, 'accepted', 42)");
            statement.execute("insert into LATCHKEY_USE_HOUR values ('k', 3600000, 'api_key_expired', 1)");

            changes.update("");

            statement.execute("insert into LATCHKEY_USE_HOUR (KEY_ID, HOUR_START, OUTCOME, USES, API_ID, CREDITS)"
                    + " values ('k', 3600000, 'accepted', 1, 'api', 500000)");
            assertEquals("1 42 0", row(statement, "API_ID = '' and OUTCOME = 'accepted'"));
            assertEquals("3 44 500000", row(statement, "KEY_ID = 'k'"));
            assertThrows(
                    SQLException.class,
                    () -> statement.execute("insert into LATCHKEY_USE_HOUR (KEY_ID, HOUR_START, OUTCOME, USES)"
                            + " values ('k', 3600000, 'accepted', 1)"));
        }
    }

    /** How many changes come before that one. */
    private static int before(Liquibase changes) throws Exception {
        return changes.getDatabaseChangeLog().getChangeSets().stream()
                .map(ChangeSet::getId)
                .toList()
                .indexOf(LAST);
    }

    private static String row(Statement statement, String where) throws SQLException {
        try (ResultSet found = statement.executeQuery(
                "select count(*), sum(USES), sum(CREDITS) from LATCHKEY_USE_HOUR where " + where)) {
            found.next();
            return found.getString(1) + " " + found.getString(2) + " " + found.getString(3);
        }
    }
}
