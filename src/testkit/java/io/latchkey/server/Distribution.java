package io.latchkey.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** An unpacked Keycloak distribution. */
public record Distribution(Path home) {

    /** Refuses a folder that holds no Keycloak. */
    public Distribution {
        if (!Files.isRegularFile(home.resolve("bin/kc.sh"))) {
            throw new ServerFailure("No Keycloak distribution in " + home);
        }
    }

    /** Puts the provider jar in, in place of an earlier one. */
    public void install(Path jar) {
        copy(jar, home.resolve("providers/latchkey-keycloak.jar"));
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
