package io.latchkey.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A PostgreSQL that can be stopped and started again with what it holds. */
final class StoppablePostgres implements AutoCloseable {

    private final int port = LatchkeyServer.freePort();
    private final Path data;
    private EmbeddedPostgres running;

    StoppablePostgres() {
        try {
            data = Files.createTempDirectory("latchkey-postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    /** How Keycloak reaches it. */
    List<String> keycloakOptions() {
        return List.of(
                "--db=postgres",
                "--db-url=jdbc:postgresql://localhost:" + port + "/postgres",
                "--db-username=postgres",
                "--db-password=postgres");
    }

    void start() {
        try {
            running = EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop() {
        try {
            running.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
