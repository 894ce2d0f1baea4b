package io.latchkey.it;

import io.latchkey.server.Distribution;
import io.latchkey.server.KeycloakOptions;
import io.latchkey.server.KeycloakProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A server with this project for one test class alone, with options that the shared one does not have. */
final class OwnServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String DATABASE = "--db=";

    private final KeycloakProcess process;

    private OwnServer(KeycloakProcess process) {
        this.process = process;
    }

    /**
     * Returns once the server is ready.
     *
     * @param name of its log
     */
    static OwnServer start(String name, List<String> options) {
        return start(name, options, List.of());
    }

    /** The same with the provider jar alone. */
    static OwnServer startWithoutCredits(String name, List<String> options) {
        return start(name, options, List.of(), ProviderJars.withoutCredits(), true);
    }

    /**
     * The same with other extensions beside this project.
     *
     * @param jars of other providers
     */
    static OwnServer start(String name, List<String> options, List<Path> jars) {
        boolean built = !jars.isEmpty() || options.stream().anyMatch(OwnServer::isBuiltIn);
        return start(name, options, jars, ProviderJars.ofRun(), built);
    }

    /** @param built whether Keycloak has to build itself for these options or jars: servers without them share one build */
    private static OwnServer start(
            String name, List<String> options, List<Path> others, List<Path> jars, boolean built) {
        KeycloakOptions all = KeycloakOptions.dev(freePort(), freePort(), "admin", "admin")
                .with("--spi-latchkey--default--flush-interval=PT1S");
        if (options.stream().noneMatch(option -> option.startsWith(DATABASE))) {
            all = all.with(DATABASE + "dev-mem");
        }
        for (String option : options) {
            all = all.with(option);
        }
        Path log = LatchkeyServer.folder().resolve(name + ".log");
        Distribution distribution = distribution(built ? "own-" + name : "own");
        distribution.install(jars);
        others.forEach(distribution::add);
        OwnServer server = new OwnServer(KeycloakProcess.start(distribution, all, log));
        try {
            server.process.awaitReady(PATIENCE);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    private static boolean isBuiltIn(String option) {
        return option.startsWith(DATABASE)
                || option.startsWith("--features=")
                || option.contains("--enabled=")
                || option.contains("--provider=");
    }

    /** A copy: the original is what the plain server runs from. */
    private static Distribution distribution(String folder) {
        Path home = LatchkeyServer.folder().resolve(folder);
        if (Files.notExists(home)) {
            copy(Path.of(setting("home")), home);
        }
        return new Distribution(home);
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String setting(String name) {
        return System.getProperty("latchkey.it." + name, "The build sets latchkey.it." + name);
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return process.base().toString();
    }

    @Override
    public void close() {
        process.close();
    }
}
