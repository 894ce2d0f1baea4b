package io.latchkey.cluster;

import io.latchkey.it.Database;
import io.latchkey.server.ChildProcess;
import io.latchkey.server.Distribution;
import io.latchkey.server.ServerFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One Keycloak of the cluster, a process that can be stopped, killed and made to hang. Its ports end with its number. */
final class Node {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Pattern VIEW = Pattern.compile("ISPN00009[34].*?\\|\\d+\\] \\((\\d+)\\)");

    private final Distribution distribution;
    private final int number;
    private ChildProcess process;
    private int starts;

    Node(Distribution distribution, int number) {
        this.distribution = distribution;
        this.number = number;
    }

    /** Where it answers. */
    String base() {
        return "http://localhost:" + (8480 + number);
    }

    /** Starts it unless it runs, and returns at once; see {@link #awaitMember}. */
    void ensureStarted() {
        if (process == null) {
            start();
        }
    }

    void start() {
        starts++;
        process = ChildProcess.start("Node " + number, command(), environment(), log());
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                distribution.script().toString(),
                "start",
                "--optimized",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + (8480 + number),
                "--http-management-port=" + (9480 + number),
                // One name for both, so that a token of one is good at the other.
                "--hostname=http://localhost:8481",
                "--cache-embedded-network-bind-address=127.0.0.1",
                "--cache-embedded-network-bind-port=" + Network.inside(number),
                "--cache-embedded-network-external-address=127.0.0.1",
                "--cache-embedded-network-external-port=" + Network.outside(number)));
        // The vendor is a build option.
        command.addAll(Database.serverOptions().subList(1, 4));
        command.add("--spi-latchkey--default--flush-interval=" + Cluster.FLUSH);
        command.add("--spi-latchkey--default--failed-key-limit=unlimited");
        command.add("--spi-latchkey--default--peppers=1:bGF0Y2hrZXktdGVzdC1wZXBwZXItMQ==");
        return command;
    }

    private Map<String, String> environment() {
        return Map.of(
                "JAVA_HOME", System.getProperty("java.home"),
                // They start and end often, on machines with few cores.
                "JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1 -Djgroups.fd.port-offset=" + Network.offset(number),
                "JAVA_OPTS_KC_HEAP", "-Xmx512m",
                "KC_BOOTSTRAP_ADMIN_USERNAME", "admin",
                "KC_BOOTSTRAP_ADMIN_PASSWORD", "admin");
    }

    private Path log() {
        return Cluster.folder().resolve("node" + number + "-start" + starts + ".log");
    }

    /** Waits until it is ready, and knows that many nodes with itself. */
    void awaitMember(int nodes) {
        process.awaitReady(URI.create("http://127.0.0.1:" + (9480 + number) + "/health/ready"), PATIENCE);
        awaitView(nodes);
    }

    /** Waits until it knows that many nodes with itself, be it ready or not. */
    void awaitView(int nodes) {
        process.await(() -> view() == nodes, PATIENCE);
    }

    /** How many nodes the cluster has as this one was last told. */
    int view() {
        return lines().stream()
                .map(VIEW::matcher)
                .filter(Matcher::find)
                .reduce((earlier, later) -> later)
                .map(last -> Integer.parseInt(last.group(1)))
                .orElse(0);
    }

    /** What it has written since it was last started. */
    List<String> lines() {
        try {
            return Files.readAllLines(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it properly, if it runs. */
    void stop() {
        if (process != null) {
            process.close();
            process = null;
        }
    }

    /** Ends it as a power cut would. */
    void kill() {
        signal("KILL");
        stop();
    }

    /** Makes it hang: nobody is answered, and nobody is told so. */
    void hang() {
        signal("STOP");
    }

    void goOn() {
        signal("CONT");
    }

    /** The script only waits for the server, which is its child. */
    private long server() {
        return ProcessHandle.of(process.pid()).stream()
                .flatMap(ProcessHandle::children)
                .findFirst()
                .orElseThrow(() -> new ServerFailure("Node " + number + " does not run"))
                .pid();
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(server()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new ServerFailure("Node " + number + " did not take the signal " + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
