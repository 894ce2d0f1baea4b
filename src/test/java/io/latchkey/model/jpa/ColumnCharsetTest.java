package io.latchkey.model.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.fakes.Stub;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ColumnCharsetTest {

    @Test
    void columnOfThreeBytesIsNamed() throws SQLException {
        assertEquals(
                Optional.of("EVENT_ENTITY.DETAILS_JSON_LONG_VALUE has the character set utf8mb3"),
                ColumnCharset.narrowColumn(database("MariaDB", "utf8mb4", "utf8mb3", "utf8mb4")));
    }

    @Test
    void columnsOfFourBytesHoldEmoji() throws SQLException {
        assertEquals(Optional.empty(), ColumnCharset.narrowColumn(database("MySQL", "utf8mb4", "utf8mb4", "utf8mb4")));
    }

    @Test
    void otherDatabasesAreNotAsked() throws SQLException {
        assertEquals(Optional.empty(), ColumnCharset.narrowColumn(database("PostgreSQL")));
    }

    /** @param characters the character sets of CREDENTIAL, EVENT_ENTITY and ADMIN_EVENT_ENTITY */
    private static Connection database(String product, String... characters) {
        List<String> names = List.of(
                "CREDENTIAL.USER_LABEL", "EVENT_ENTITY.DETAILS_JSON_LONG_VALUE", "ADMIN_EVENT_ENTITY.REPRESENTATION");
        Iterator<String> sets = Arrays.asList(characters).iterator();
        Iterator<String> columns = names.iterator();
        String[][] row = {{}};
        ResultSet rows = Stub.of(ResultSet.class)
                .answering("next", nothing -> {
                    if (!sets.hasNext()) {
                        return false;
                    }
                    String[] name = columns.next().split("\\.");
                    row[0] = new String[] {name[0], name[1], sets.next()};
                    return true;
                })
                .answering("getString", index -> row[0][(int) index[0] - 1])
                .with("close", null)
                .make();
        PreparedStatement select = Stub.of(PreparedStatement.class)
                .with("executeQuery", rows)
                .with("close", null)
                .make();
        DatabaseMetaData data = Stub.of(DatabaseMetaData.class)
                .with("getDatabaseProductName", product)
                .make();
        Stub<Connection> connection = Stub.of(Connection.class).with("getMetaData", data);
        return characters.length == 0
                ? connection.make()
                : connection.with("prepareStatement", select).make();
    }
}
