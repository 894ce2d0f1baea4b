package io.latchkey.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.zip.ZipInputStream;

/**
 * Keeps the H2 database of a server that has just started, and gives a copy to each later server with the same jars, which
 * then migrates nothing.
 *
 * @param file of the server, without H2's suffix
 * @param kept backup that servers with the same jars share
 */
record MigratedDatabase(Path file, Path kept) {

    private static final String USER = "sa";
    private static final String PASSWORD = "password";

    /** Puts the copy in place, or nothing if no server has started yet, and returns the options of the server. */
    List<String> prepare() {
        Path target = Path.of(file + ".mv.db");
        try {
            Files.createDirectories(target.getParent());
            Files.deleteIfExists(target);
            if (Files.exists(kept)) {
                try (InputStream in = Files.newInputStream(kept);
                        ZipInputStream zip = new ZipInputStream(in)) {
                    zip.getNextEntry();
                    Files.copy(zip, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of("--db=dev-file", "--db-url=" + url(), "--db-username=" + USER, "--db-password=" + PASSWORD);
    }

    /** Keeps the database of the server that has started, unless one is kept. */
    void keep() {
        if (Files.exists(kept)) {
            return;
        }
        Path backup = Path.of(file + ".zip");
        try (var connection = DriverManager.getConnection(url(), USER, PASSWORD);
                var statement = connection.createStatement()) {
            statement.execute("BACKUP TO '" + backup + "'");
            Files.move(backup, kept, StandardCopyOption.ATOMIC_MOVE);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** AUTO_SERVER lets a second process in. */
    private String url() {
        return "jdbc:h2:file:" + file + ";NON_KEYWORDS=VALUE;DB_CLOSE_DELAY=0;AUTO_SERVER=TRUE";
    }
}
