package io.latchkey.bench;

import io.latchkey.server.ChildProcess;
import io.latchkey.server.Distribution;
import io.latchkey.server.ServerFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Starts Keycloak in production mode with the provider, on the loopback interface only. */
final class BenchServer implements AutoCloseable {

    static final String ADMIN = "admin";

    /** Keys are hashed as in production, with a pepper. */
    static final String PEPPERS = "1:bGF0Y2hrZXktYmVuY2gtcGVwcGVyLTE=";

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final BenchSettings settings;
    private final ChildProcess process;

    private BenchServer(BenchSettings settings, ChildProcess process) {
        this.settings = settings;
        this.process = process;
    }

    /** Installs the provider and has the server prepare itself, as an image for production would. */
    static void build(BenchSettings settings, BenchDatabase database) {
        Distribution distribution = new Distribution(settings.home());
        distribution.install(settings.providers());
        new Command(
                        List.of(
                                distribution.script().toString(),
                                "build",
                                "--db=" + database.vendor(),
                                "--health-enabled=true"),
                        environment(settings))
                .run();
    }

    /** Starts what {@link #build} has prepared and waits until it is ready. */
    static BenchServer start(BenchSettings settings, BenchDatabase database, String... more) {
        Stream.of(settings.port(), settings.managementPort(), clusterPort(settings))
                .forEach(BenchServer::requireFree);
        List<String> line = new ArrayList<>(line(settings));
        line.addAll(database.options());
        line.addAll(List.of(more));
        ChildProcess process =
                ChildProcess.start("Keycloak", line, environment(settings), settings.file("keycloak.log"));
        BenchServer server = new BenchServer(settings, process);
        try {
            process.awaitReady(URI.create("http://127.0.0.1:" + settings.managementPort() + "/health/ready"), PATIENCE);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    private static List<String> line(BenchSettings settings) {
        return List.of(
                new Distribution(settings.home()).script().toString(),
                "start",
                "--optimized",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + settings.port(),
                "--http-management-port=" + settings.managementPort(),
                "--hostname=" + base(settings),
                "--cache-embedded-network-bind-address=127.0.0.1",
                "--cache-embedded-network-bind-port=" + clusterPort(settings),
                "--spi-latchkey--default--peppers=" + PEPPERS,
                // All of the load comes from one address, that with wrong keys too.
                "--spi-latchkey--default--failed-key-limit=unlimited");
    }

    private static Map<String, String> environment(BenchSettings settings) {
        return Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "JAVA_OPTS_KC_HEAP",
                "-Xms%1$s -Xmx%1$s".formatted(settings.heap()),
                "KC_BOOTSTRAP_ADMIN_USERNAME",
                ADMIN,
                "KC_BOOTSTRAP_ADMIN_PASSWORD",
                ADMIN);
    }

    private static int clusterPort(BenchSettings settings) {
        return settings.managementPort() + 1;
    }

    private static void requireFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
        } catch (IOException e) {
            throw new ServerFailure(
                    "Port " + port + " is not free: choose others with -Dbench.port= and -Dbench.management.port=", e);
        }
    }

    private static String base(BenchSettings settings) {
        return "http://127.0.0.1:" + settings.port();
    }

    /** Where the server answers. */
    String base() {
        return base(settings);
    }

    /** Time of all processors since its start. */
    Duration processorTime() {
        return ProcessHandle.of(pid())
                .flatMap(server -> server.info().totalCpuDuration())
                .orElseThrow(() -> new ServerFailure("The system does not say how long the server has run"));
    }

    /** Process id of the server itself, which its script starts as a child. */
    long pid() {
        return Stream.concat(
                        ProcessHandle.of(process.pid()).stream(),
                        ProcessHandle.of(process.pid()).stream().flatMap(ProcessHandle::descendants))
                .filter(it -> it.info()
                        .command()
                        .filter(command -> Path.of(command).startsWith(System.getProperty("java.home"))
                                || Path.of(command).endsWith("java"))
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> new ServerFailure("Keycloak's process has ended"))
                .pid();
    }

    /** Asks the running server with a tool of the JDK. */
    String jcmd(String... request) {
        List<String> line = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid())));
        line.addAll(List.of(request));
        return new Command(line, Map.of()).run();
    }

    /** Completes with what to tell people once the server has ended. */
    CompletableFuture<ServerFailure> ended() {
        return process.ended();
    }

    @Override
    public void close() {
        process.close();
    }
}
