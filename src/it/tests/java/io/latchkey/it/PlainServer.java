package io.latchkey.it;

import io.latchkey.server.ChildProcess;
import io.latchkey.server.Distribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A Keycloak of the release under test without this project, for as long as nobody closes it. */
final class PlainServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final int port;
    private final ChildProcess process;

    private PlainServer(int port, ChildProcess process) {
        this.port = port;
        this.process = process;
    }

    /** Returns once the server is ready. */
    static PlainServer start() {
        Distribution distribution =
                new Distribution(Path.of(System.getProperty("latchkey.it.home", "no plain server")));
        int port = freePort();
        int management = freePort();
        ChildProcess process = ChildProcess.start(
                "Plain Keycloak",
                command(distribution, port, management),
                Map.of(
                        "JAVA_HOME", System.getProperty("java.home"),
                        "KC_BOOTSTRAP_ADMIN_USERNAME", "admin",
                        "KC_BOOTSTRAP_ADMIN_PASSWORD", "admin"),
                LatchkeyServer.folder().resolve("plain.log"));
        PlainServer server = new PlainServer(port, process);
        try {
            process.awaitReady(URI.create("http://127.0.0.1:" + management + "/health/ready"), PATIENCE);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    /** As the test framework starts the other one; without {@code --hostname}, so that each request says who it is. */
    private static List<String> command(Distribution distribution, int port, int management) {
        return List.of(
                distribution.script().toString(),
                "start-dev",
                "--db=dev-mem",
                "--cache=local",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--http-management-port=" + management,
                "--health-enabled=true");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.close();
    }
}
