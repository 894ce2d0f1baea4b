package io.latchkey.server;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A Keycloak server of a real distribution, run as a process of its own. */
public final class KeycloakProcess implements AutoCloseable {

    private final KeycloakOptions options;
    private final ChildProcess process;

    private KeycloakProcess(KeycloakOptions options, ChildProcess process) {
        this.options = options;
        this.process = process;
    }

    /** Starts the server and returns at once; see {@link #awaitReady}. */
    public static KeycloakProcess start(Distribution distribution, KeycloakOptions options, Path log) {
        Map<String, String> environment = new HashMap<>(options.environment());
        // The Java that runs us, not whichever comes first on the path.
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        return new KeycloakProcess(
                options, ChildProcess.start("Keycloak", options.commandLine(distribution), environment, log));
    }

    /** Waits until the server says that it is ready. */
    public void awaitReady(Duration limit) {
        process.awaitReady(URI.create("http://127.0.0.1:" + options.managementPort() + "/health/ready"), limit);
    }

    /** Where the server answers. */
    public URI base() {
        return URI.create("http://localhost:" + options.httpPort());
    }

    /** The issuer of a realm's tokens. */
    public URI realm(String name) {
        return base().resolve("/realms/" + name);
    }

    /** Completes with what to tell people once the server has ended. */
    public CompletableFuture<ServerFailure> ended() {
        return process.ended();
    }

    @Override
    public void close() {
        process.close();
    }
}
