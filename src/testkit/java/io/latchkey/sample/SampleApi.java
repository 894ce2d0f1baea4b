package io.latchkey.sample;

import io.latchkey.server.ChildProcess;
import io.latchkey.server.ServerFailure;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The application of docker/sample-api, run as a process of its own. */
public final class SampleApi implements AutoCloseable {

    private final int port;
    private final ChildProcess process;

    private SampleApi(int port, ChildProcess process) {
        this.port = port;
        this.process = process;
    }

    /** Starts the application, which trusts the tokens of this issuer only; see {@link #awaitReady}. */
    public static SampleApi start(Path jar, int port, URI issuer, Path log) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar.toString(),
                "--server.port=" + port,
                "--sample.issuer=" + issuer);
        return new SampleApi(port, ChildProcess.start("The sample API", command, Map.of(), log));
    }

    /** Waits until the application answers. */
    public void awaitReady(Duration limit) {
        process.awaitReady(URI.create("http://127.0.0.1:" + port + "/healthz"), limit);
    }

    /** Where the application answers. */
    public URI base() {
        return URI.create("http://localhost:" + port);
    }

    /** The protected page. */
    public URI orders() {
        return base().resolve("/orders");
    }

    /** Completes with what to tell people once the application has ended. */
    public CompletableFuture<ServerFailure> ended() {
        return process.ended();
    }

    @Override
    public void close() {
        process.close();
    }
}
