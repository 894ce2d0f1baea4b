package io.latchkey.it;

import java.nio.file.Path;
import java.util.List;

/** Finds the provider jars of this build, which it passes as system properties. */
public final class ProviderJars {

    private ProviderJars() {}

    /** False if the build runs the suite without credits. */
    public static boolean hasCredits() {
        return !Boolean.getBoolean("latchkey.it.skip-credits");
    }

    /** The jars of the run: that of credits only if it has them. */
    public static List<Path> ofRun() {
        return hasCredits() ? List.of(path("jar"), path("credits")) : withoutCredits();
    }

    static List<Path> withoutCredits() {
        return List.of(path("jar"));
    }

    private static Path path(String name) {
        String value = System.getProperty("latchkey.it." + name);
        if (value == null) {
            throw new IllegalStateException("The build sets latchkey.it." + name + "; run the tests with it");
        }
        return Path.of(value);
    }
}
