package io.latchkey.it;

import io.latchkey.server.ChildProcess;
import io.latchkey.server.Distribution;
import io.latchkey.server.ServerFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Runs a Keycloak of the distribution under test with the provider jar of this build. All test classes share one server, which
 * starts when the first of them calls it. A class that needs other options starts a server of its own, which ends with the class.
 */
public final class LatchkeyServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String LATCHKEY = "--spi-latchkey--default--";

    /** Build options of every server, so that most of them share one build. */
    private static final List<String> BUILT_IN =
            List.of("--health-enabled=true", "--metrics-enabled=true", "--spi-x509cert-lookup--provider=haproxy");

    private static final List<String> SHARED = List.of(
            // As behind a gateway, which names the address and the certificate of the client.
            "--proxy-headers=xforwarded",
            // Not ::1 as well, which Keycloak 26.7 takes for a host name and looks up at every request.
            "--proxy-trusted-addresses=127.0.0.1",
            "--spi-x509cert-lookup--haproxy--ssl-client-cert=SSL_CLIENT_CERT",
            // All tests come from one address, and many with wrong keys.
            LATCHKEY + "failed-key-limit=unlimited",
            LATCHKEY + "purge-interval=PT10S",
            LATCHKEY + "peppers=1:bGF0Y2hrZXktdGVzdC1wZXBwZXItMQ==");

    /** Other JVMs begin elsewhere. */
    private static final AtomicInteger NEXT_PORT =
            new AtomicInteger(20_000 + (int) (ProcessHandle.current().pid() % 1_200) * 10);

    private static LatchkeyServer shared;
    private static LatchkeyServer own;

    private final int port;
    private final int management;
    private final ChildProcess process;

    private LatchkeyServer(Distribution distribution, List<String> options, String name) {
        port = freePort();
        management = freePort();
        List<String> command = new ArrayList<>(List.of(
                distribution.script().toString(),
                "start",
                "--optimized",
                "--cache=local",
                "--http-enabled=true",
                "--hostname-strict=false",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--http-management-port=" + management));
        command.addAll(options);
        process = ChildProcess.start("Keycloak", command, environment(), log(name));
        try {
            process.awaitReady(URI.create("http://127.0.0.1:" + management + "/health/ready"), PATIENCE);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static synchronized LatchkeyServer shared() {
        if (shared == null) {
            List<String> options = new ArrayList<>(SHARED);
            options.addAll(Database.serverOptions());
            if (ProviderJars.hasCredits()) {
                options.add("--spi-latchkey-charging--credits--reservation-ttl=PT8S");
            }
            shared = Resources.ofRun(start("keycloak", options, ProviderJars.ofRun()));
        }
        return shared;
    }

    /** Address of the server that the test class started, otherwise of the server that all test classes share. */
    public static String url() {
        return own == null ? shared().base() : own.base();
    }

    /** Whether that is the address of the server that all test classes share. */
    static boolean isShared(String base) {
        return shared != null && shared.base().equals(base);
    }

    /** Address of the metrics of that server. */
    static String management() {
        return "http://localhost:" + shared().management;
    }

    /**
     * Starts a server for one test class, and returns once it is ready.
     *
     * @param name of its log
     * @param more jars of other extensions
     */
    static LatchkeyServer start(String name, List<String> options, Path... more) {
        own = Resources.ofClass(start(
                name,
                options,
                Stream.concat(ProviderJars.ofRun().stream(), Stream.of(more)).toList()));
        return own;
    }

    /** Starts a server with the provider jar alone for one test class. */
    static LatchkeyServer startWithoutCredits(String name, List<String> options) {
        own = Resources.ofClass(start(name, options, ProviderJars.withoutCredits()));
        return own;
    }

    /** Starts a Keycloak without this project. */
    static LatchkeyServer startPlain() {
        return Resources.ofClass(start("plain", List.of(), List.of()));
    }

    private static LatchkeyServer start(String name, List<String> options, List<Path> jars) {
        List<String> all = new ArrayList<>(options);
        Optional<MigratedDatabase> database = Optional.empty();
        if (options.stream().noneMatch(option -> option.startsWith("--db"))) {
            // Jars of other extensions have no tables.
            List<Path> ours =
                    jars.stream().filter(ProviderJars.ofRun()::contains).toList();
            database = Optional.of(new MigratedDatabase(
                    folder().resolve("h2-" + name),
                    runFolder()
                            .resolve("migrated-"
                                    + Integer.toHexString(contents(ours).hashCode()) + ".zip")));
            all.addAll(database.get().prepare());
        }
        if (!jars.isEmpty()) {
            all.add(LATCHKEY + "flush-interval=PT1S");
        }
        Predicate<String> builtIn = LatchkeyServer::isBuiltIn;
        Distribution distribution = build(all.stream().filter(builtIn).toList(), jars);
        LatchkeyServer server = new LatchkeyServer(
                distribution, all.stream().filter(builtIn.negate()).toList(), name);
        database.ifPresent(MigratedDatabase::keep);
        return server;
    }

    private static boolean isBuiltIn(String option) {
        return option.startsWith("--db=")
                || option.startsWith("--features")
                || option.contains("--enabled=")
                || option.contains("--provider=");
    }

    /** Builds a copy of the distribution for production; servers with the same jars and build options run from one copy. */
    public static Distribution build(List<String> options, List<Path> jars) {
        String kind = Integer.toHexString(Objects.hash(options, names(jars)));
        Path home = runFolder().resolve("built-" + kind);
        Path stamp = home.resolve("built-with");
        try {
            Files.createDirectories(runFolder());
            // Two JVMs of one run may need the same.
            try (FileChannel lock = FileChannel.open(
                    runFolder().resolve(kind + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock.lock();
                String content = options + contents(jars);
                if (!Files.exists(stamp) || !Files.readString(stamp).equals(content)) {
                    delete(home);
                    copy(home(), home);
                    build(new Distribution(home), options, jars);
                    Files.writeString(stamp, content);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Distribution(home);
    }

    private static void build(Distribution distribution, List<String> options, List<Path> jars) {
        jars.forEach(distribution::add);
        List<String> command = new ArrayList<>(List.of(distribution.script().toString(), "build"));
        command.addAll(BUILT_IN);
        command.addAll(options);
        try (ChildProcess build = ChildProcess.start(
                "kc.sh build",
                command,
                environment(),
                log(distribution.home().getFileName().toString()))) {
            int code = build.awaitEnd(PATIENCE);
            if (code != 0) {
                throw new ServerFailure("The build failed with exit code " + code);
            }
        }
    }

    private static List<String> names(List<Path> jars) {
        return jars.stream().map(jar -> jar.getFileName().toString()).toList();
    }

    private static String contents(List<Path> jars) {
        StringBuilder contents = new StringBuilder();
        try {
            for (Path jar : jars) {
                contents.append(' ').append(Arrays.hashCode(Files.readAllBytes(jar)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return contents.toString();
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Libraries become links, since no build changes them. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file));
                if (file.startsWith(from.resolve("lib/lib")) && Files.isRegularFile(file)) {
                    Files.createLink(target, file);
                } else {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    private static Map<String, String> environment() {
        return Map.of(
                "JAVA_HOME", System.getProperty("java.home"),
                "KC_BOOTSTRAP_ADMIN_USERNAME", "admin",
                "KC_BOOTSTRAP_ADMIN_PASSWORD", "admin");
    }

    private static String setting(String name) {
        return System.getProperty("latchkey.it." + name, "The build sets latchkey.it." + name);
    }

    /** The unpacked distribution under test. */
    static Path home() {
        return Path.of(setting("home"));
    }

    /** Where a server of that name writes its log. */
    static Path log(String name) {
        return folder().resolve(name + ".log");
    }

    /** Folder of everything that this JVM of the run leaves behind. */
    public static Path folder() {
        return runFolder().resolve(System.getProperty("latchkey.it.fork", "1"));
    }

    private static Path runFolder() {
        return Path.of(System.getProperty("basedir", "."), "target", "it")
                .toAbsolutePath()
                .normalize();
    }

    /** A port at which no program listens, and which the system gives to no outgoing connection before it is used. */
    public static int freePort() {
        while (true) {
            int candidate = NEXT_PORT.getAndIncrement();
            try (ServerSocket socket = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // The next one.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    String base() {
        return "http://localhost:" + port;
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        if (own == this) {
            own = null;
        }
        process.close();
    }
}
