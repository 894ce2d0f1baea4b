package io.latchkey.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Starts PostgreSQL for a run whose database is {@code remote}, before the test framework asks where it is. */
public final class PostgresSession implements LauncherSessionListener {

    private EmbeddedPostgres postgres;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (!"remote".equals(System.getProperty("kc.test.database"))) {
            return;
        }
        try {
            postgres = EmbeddedPostgres.builder().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.setProperty("kc.test.database.vendor", "postgres");
        System.setProperty("kc.test.database.url", postgres.getJdbcUrl("postgres", "postgres"));
        System.setProperty("kc.test.database.user", "postgres");
        System.setProperty("kc.test.database.password", "postgres");
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
