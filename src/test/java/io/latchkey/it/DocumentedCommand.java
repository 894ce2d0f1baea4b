package io.latchkey.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The one {@code curl} line of a page, run in a shell as its readers run it. */
final class DocumentedCommand {

    private static final Path PAGES = Path.of(System.getProperty("basedir", "."), "src", "docs");

    private DocumentedCommand() {}

    /** @param variables for the places that readers fill in */
    static JsonNode run(String page, RealmFixture realm, Map<String, String> variables) throws IOException {
        ProcessBuilder shell =
                new ProcessBuilder("sh", "-c", line(page)).redirectError(ProcessBuilder.Redirect.INHERIT);
        shell.environment().putAll(variables);
        shell.environment().putAll(Map.of("KEYCLOAK", LatchkeyServer.URL, "REALM", realm.name()));
        Process process = shell.start();
        try {
            JsonNode answer = new ObjectMapper().readTree(process.getInputStream());
            process.waitFor(60, TimeUnit.SECONDS);
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String line(String page) {
        try {
            List<String> lines = Files.readAllLines(PAGES.resolve(page)).stream()
                    .filter(line -> line.startsWith("curl "))
                    .toList();
            if (lines.size() != 1) {
                throw new AssertionError(page + " has " + lines.size() + " curl lines");
            }
            return lines.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
