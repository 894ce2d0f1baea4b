package io.latchkey.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** An unpacked Keycloak distribution. */
public record Distribution(Path home) {

    /** Refuses a folder that holds no Keycloak. */
    public Distribution {
        if (!Files.isRegularFile(home.resolve("bin/kc.sh"))) {
            throw new ServerFailure("No Keycloak distribution in " + home);
        }
    }

    /** Puts the jars of this project in, in place of earlier ones. */
    public void install(List<Path> jars) {
        List<Path> installed = jars.stream().map(this::installed).toList();
        try (Stream<Path> providers = Files.list(home.resolve("providers"))) {
            for (Path earlier : providers
                    .filter(jar -> jar.getFileName().toString().startsWith("latchkey-") && !installed.contains(jar))
                    .toList()) {
                Files.delete(earlier);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        jars.forEach(jar -> copy(jar, installed(jar)));
    }

    /** Without the version in its name. */
    private Path installed(Path jar) {
        return home.resolve("providers").resolve(jar.getFileName().toString().replaceFirst("-\\d.*", ".jar"));
    }

    /** Puts the jar of another extension in. */
    public void add(Path jar) {
        copy(jar, home.resolve("providers").resolve(jar.getFileName()));
    }

    /** Has the server import this realm when it starts and does not have the realm yet. */
    public void importRealm(Path json) {
        copy(json, home.resolve("data/import").resolve(json.getFileName()));
    }

    /** The script that starts the server on this operating system. */
    public Path script() {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        return home.resolve(windows ? "bin/kc.bat" : "bin/kc.sh").toAbsolutePath();
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            // With its time: an optimised server refuses to start once the time of a provider jar differs from its
            // build.
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not copy " + from + " to " + to, e);
        }
    }
}
