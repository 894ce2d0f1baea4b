package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the shell lines of each page of the documentation, from the top of the page to its end, on a fresh realm of the demo.
 * A block marked {@code sh} runs here; one marked {@code console} starts a program that a test of its own starts.
 */
@NeedsCredits
class DocumentationIT {

    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final Pattern BLOCK = Pattern.compile("^```sh\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    /** Realms that the pages work in. */
    private static final List<String> REALMS = List.of("demo", "acme");

    @TempDir
    static Path directory;

    private static Kcadm kcadm;

    @BeforeAll
    static void signIn() throws IOException, InterruptedException {
        kcadm = Kcadm.signedIn(directory);
        failOnErrorsOfHttp();
    }

    @BeforeEach
    void importTheDemo() throws IOException {
        deleteRealms();
        ApiClient master = RealmFixture.existing("demo").master();
        master.post("/admin/realms", Files.readString(PROJECT.resolve("docker/demo/demo-realm.json")))
                .expect(201);
    }

    @AfterEach
    void deleteRealms() {
        ApiClient master = RealmFixture.existing("demo").master();
        REALMS.forEach(realm -> master.delete("/admin/realms/" + realm));
        master.put("/admin/realms/master", Map.of("realm", "master", "adminTheme", ""));
    }

    static Stream<String> pages() throws IOException {
        try (Stream<Path> docs = Files.list(PROJECT.resolve("src/docs"))) {
            return Stream.concat(Stream.of(PROJECT.resolve("README.md")), docs)
                    .filter(page -> page.toString().endsWith(".md"))
                    .filter(page -> !lines(page).isEmpty())
                    .map(page -> PROJECT.relativize(page).toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLineOfThePageRunsFromItsTop(String page) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(directory, "page");
        Path script = Files.writeString(
                folder.resolve("page.sh"),
                "set -euo pipefail\nset -x\n"
                        + lines(PROJECT.resolve(page)).replace("http://localhost:8080", LatchkeyServer.url()));

        String output = kcadm.run("cd '%s' && bash '%s'".formatted(folder, script), Map.of())
                .expectSuccess()
                .output();

        // A variable that no line has set would have stopped the script; one whose line printed nothing is empty.
        assertEquals(List.of(), assignedNothing(output), output);
    }

    private static List<String> assignedNothing(String trace) {
        return trace.lines().filter(line -> line.matches("\\++ [A-Z_]+=('')?")).toList();
    }

    private static String lines(Path page) {
        try {
            return BLOCK.matcher(Files.readString(page))
                    .results()
                    .map(block -> block.group(1))
                    .collect(Collectors.joining());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The pages show {@code curl -s}, whose exit code says nothing of a refusal. */
    private static void failOnErrorsOfHttp() throws IOException {
        Path curl = Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, "curl"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
        Path shim = Files.writeString(
                directory.resolve("curl"), "#!/bin/sh\nexec '%s' --fail-with-body -S \"$@\"\n".formatted(curl));
        Files.setPosixFilePermissions(shim, PosixFilePermissions.fromString("rwx------"));
        assertTrue(Files.isExecutable(shim));
    }
}
