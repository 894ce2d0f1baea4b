package io.latchkey.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads the database of the running server past Keycloak, by a connection of its own. */
public final class Database implements AutoCloseable {

    private final Connection connection;

    private Database(Connection connection) {
        this.connection = connection;
    }

    public static Database open() {
        try {
            Address address = Address.OF_RUN;
            return new Database(DriverManager.getConnection(address.url, address.user, address.password));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Build and run options of a server that keeps its data in the database of this run. */
    public static List<String> serverOptions() {
        Address address = Address.OF_RUN;
        return List.of(
                "--db=" + address.vendor,
                "--db-url=" + address.url,
                "--db-username=" + address.user,
                "--db-password=" + address.password);
    }

    private record Address(String vendor, String url, String user, String password) {

        static final Address OF_RUN = "postgres".equals(System.getProperty("latchkey.it.database")) ? postgres() : h2();

        /** AUTO_SERVER lets a second process in. */
        private static Address h2() {
            String file = LatchkeyServer.folder()
                    .resolve("h2-" + ProcessHandle.current().pid())
                    .toString();
            return new Address(
                    "dev-file",
                    "jdbc:h2:file:" + file + ";NON_KEYWORDS=VALUE;DB_CLOSE_DELAY=0;AUTO_SERVER=TRUE",
                    "sa",
                    "password");
        }

        private static Address postgres() {
            try {
                EmbeddedPostgres postgres =
                        Resources.ofRun(EmbeddedPostgres.builder().start());
                return new Address("postgres", postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Every value of every row of every table, a line each; bytes stand as the characters they would be in ASCII. */
    public String dump() {
        StringBuilder dump = new StringBuilder();
        for (String table : tables()) {
            for (Map<String, String> row : rows(table)) {
                row.forEach((column, value) -> dump.append(table + "." + column + "=" + value + "\n"));
            }
        }
        return dump.toString();
    }

    /** Upper-case names of all tables. */
    public List<String> tables() {
        try (ResultSet found =
                connection.getMetaData().getTables(connection.getCatalog(), connection.getSchema(), "%", null)) {
            List<String> tables = new ArrayList<>();
            while (found.next()) {
                if (found.getString("TABLE_TYPE").endsWith("TABLE")) {
                    tables.add(upper(found.getString("TABLE_NAME")));
                }
            }
            return tables;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rows of a table as text by upper-case column; SQL's null is left out. */
    public List<Map<String, String>> rows(String table) {
        return query("select * from " + table);
    }

    /** The rows of a result as {@link #rows} gives them. */
    List<Map<String, String>> query(String sql) {
        try (var statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<Map<String, String>> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(row(found));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether some row of the table has that value in that column. */
    public boolean has(String table, String column, String value) {
        return rows(table).stream().anyMatch(row -> value.equals(row.get(column)));
    }

    /** Changes rows behind the server's back. */
    public void change(String sql) {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Changes rows as somebody does who takes until this is closed, and then gives up. */
    public void hold(String sql) {
        try {
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        change(sql);
    }

    private static Map<String, String> row(ResultSet found) throws SQLException {
        Map<String, String> row = new TreeMap<>();
        ResultSetMetaData columns = found.getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String value = found.getObject(i) instanceof byte[] bytes
                    ? new String(bytes, StandardCharsets.ISO_8859_1)
                    : found.getString(i);
            if (value != null) {
                row.put(upper(columns.getColumnName(i)), value);
            }
        }
        return row;
    }

    private static String upper(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
