package io.latchkey.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Names the database of a run before the test framework asks for it: embedded PostgreSQL where {@code kc.test.database} is
 * {@code remote}, otherwise H2 in a file of its own that tests can read while the server uses it.
 */
public final class DatabaseSession implements LauncherSessionListener {

    private EmbeddedPostgres postgres;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if ("remote".equals(System.getProperty("kc.test.database"))) {
            startPostgres();
        } else {
            // AUTO_SERVER lets a second process in.
            announce(
                    "dev-file",
                    "jdbc:h2:file:"
                            + LatchkeyServer.folder()
                                    .resolve("h2-" + ProcessHandle.current().pid())
                            + ";NON_KEYWORDS=VALUE;DB_CLOSE_DELAY=0;AUTO_SERVER=TRUE",
                    "sa",
                    "password");
        }
    }

    private void startPostgres() {
        try {
            postgres = EmbeddedPostgres.builder().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        announce("postgres", postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
    }

    private static void announce(String vendor, String url, String user, String password) {
        System.setProperty("kc.test.database", "remote");
        Map.of("vendor", vendor, "url", url, "user", user, "password", password)
                .forEach((name, value) -> System.setProperty("kc.test.database." + name, value));
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        if (postgres != null) {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
