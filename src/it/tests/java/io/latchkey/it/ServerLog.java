package io.latchkey.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;

/** What the server of this run has logged so far, at every level it logs. */
public final class ServerLog {

    private ServerLog() {}

    /** Oldest line first. */
    public static List<String> lines() {
        try {
            return Files.readAllLines(LatchkeyServer.log("keycloak"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines in which a text stands. */
    public static List<String> with(String text) {
        try (Stream<String> lines = lines().stream()) {
            return lines.filter(line -> line.contains(text)).toList();
        }
    }
}
