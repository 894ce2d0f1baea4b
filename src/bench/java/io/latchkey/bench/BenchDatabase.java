package io.latchkey.bench;

import io.latchkey.server.ServerFailure;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Starts the database of one run, empty, and deletes it at the end. */
sealed interface BenchDatabase extends AutoCloseable {

    /** How people call it. */
    String label();

    /** Keycloak's name for the kind. */
    String vendor();

    /** What the server is started with besides the kind. */
    List<String> options();

    /** How many statements it has run so far, if it counts them. */
    OptionalLong statements();

    @Override
    void close();

    static BenchDatabase open(BenchSettings settings) {
        return settings.database().equals("postgres") ? new Postgres(settings.file("postgres")) : new H2(settings);
    }

    /** The one that comes with the server. */
    record H2(Path folder) implements BenchDatabase {

        H2(BenchSettings settings) {
            this(settings.home().resolve("data/h2"));
            delete(folder);
        }

        @Override
        public String label() {
            return "H2";
        }

        @Override
        public String vendor() {
            return "dev-file";
        }

        @Override
        public List<String> options() {
            return List.of();
        }

        @Override
        public OptionalLong statements() {
            return OptionalLong.empty();
        }

        @Override
        public void close() {
            delete(folder);
        }
    }

    /** A real PostgreSQL without installation. */
    final class Postgres implements BenchDatabase {

        private final Path folder;
        private final EmbeddedPostgres server;

        Postgres(Path folder) {
            this.folder = folder;
            delete(folder);
            try {
                server = EmbeddedPostgres.builder()
                        .setDataDirectory(folder.resolve("data"))
                        .setOverrideWorkingDirectory(folder.resolve("program").toFile())
                        .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                        // Reads and writes, not the begin and end of a transaction.
                        .setServerConfig("pg_stat_statements.track_utility", "off")
                        .setServerConfig("shared_buffers", "1GB")
                        .setServerConfig("max_wal_size", "4GB")
                        .start();
            } catch (IOException e) {
                throw new ServerFailure("PostgreSQL did not start: " + e.getMessage(), e);
            }
            try (Connection connection = connect()) {
                connection.createStatement().execute("create extension pg_stat_statements");
            } catch (SQLException e) {
                throw new ServerFailure("PostgreSQL cannot count its statements: " + e.getMessage(), e);
            }
        }

        Connection connect() throws SQLException {
            return DriverManager.getConnection(url(), "postgres", "postgres");
        }

        private String url() {
            return server.getJdbcUrl("postgres", "postgres");
        }

        @Override
        public String label() {
            return "PostgreSQL";
        }

        @Override
        public String vendor() {
            return "postgres";
        }

        @Override
        public List<String> options() {
            return List.of("--db-url=" + url(), "--db-username=postgres", "--db-password=postgres");
        }

        @Override
        public OptionalLong statements() {
            return OptionalLong.of(statements("%"));
        }

        /** How often a key was read. */
        long readsOfKeys() {
            return statements("select % from latchkey_key %");
        }

        private long statements(String like) {
            try (Connection connection = connect();
                    var query = connection.prepareStatement(
                            "select coalesce(sum(calls), 0) from pg_stat_statements where query ilike ?")) {
                query.setString(1, like);
                try (var found = query.executeQuery()) {
                    found.next();
                    return found.getLong(1);
                }
            } catch (SQLException e) {
                throw new ServerFailure("PostgreSQL does not tell its statements: " + e.getMessage(), e);
            }
        }

        @Override
        public void close() {
            try {
                server.close();
            } catch (IOException e) {
                throw new ServerFailure("PostgreSQL did not stop: " + e.getMessage(), e);
            }
            delete(folder);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> inside = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new ServerFailure("Could not delete " + folder + ": " + e.getMessage(), e);
        }
    }
}
