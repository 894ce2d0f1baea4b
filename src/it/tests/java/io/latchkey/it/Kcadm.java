package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command line of the distribution under test, signed in as the administrator of the server, as a command of its own. */
final class Kcadm {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xlog:disable ";

    private static final Path CLASSES = LatchkeyServer.folder().resolve("kcadm.jsa");

    private final Path directory;

    private Kcadm(Path directory) {
        this.directory = directory;
    }

    /** @param directory where it keeps what it knows; whoever runs the tests may be signed in somewhere else */
    static Kcadm signedIn(Path directory) throws IOException, InterruptedException {
        Path command = directory.resolve("kcadm.sh");
        Files.writeString(
                command,
                "#!/bin/sh\nexec bash '%s' \"$@\" --config '%s'\n"
                        .formatted(distributed(), directory.resolve("kcadm.config")));
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
        Kcadm kcadm = new Kcadm(directory);
        // Leaves the classes behind that the commands to come would load, each anew.
        String archive = Files.exists(CLASSES) ? "-XX:SharedArchiveFile=" : "-XX:ArchiveClassesAtExit=";
        kcadm.run(
                        "kcadm.sh config credentials --realm master --user admin --server " + LatchkeyServer.url(),
                        Map.of("KC_CLI_PASSWORD", "admin", "KC_OPTS", OPTIONS + archive + CLASSES))
                .expectSuccess();
        return kcadm;
    }

    /** Runs one command of its own. */
    Result run(String... arguments) throws IOException, InterruptedException {
        List<String> words =
                new ArrayList<>(List.of(directory.resolve("kcadm.sh").toString()));
        words.addAll(List.of(arguments));
        return start(words, Map.of());
    }

    /** Runs a line of a shell, for which {@code kcadm.sh} is on the path. */
    Result run(String line, Map<String, String> environment) throws IOException, InterruptedException {
        return start(List.of("sh", "-c", line), environment);
    }

    private Result start(List<String> words, Map<String, String> environment) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "kcadm", ".out");
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("KC_OPTS", OPTIONS + "-XX:SharedArchiveFile=" + CLASSES);
        builder.environment().put("PATH", directory + ":" + System.getenv("PATH"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertTrue(process.waitFor(3, TimeUnit.MINUTES), () -> words + " hangs");
        return new Result(process.exitValue(), Files.readString(output));
    }

    /** The command of the distribution under test. */
    static Path distributed() {
        return LatchkeyServer.home().resolve("bin/kcadm.sh");
    }

    record Result(int exit, String output) {

        Result expectSuccess() {
            assertEquals(0, exit, output);
            return this;
        }

        JsonNode json() throws IOException {
            return JSON.readTree(output);
        }
    }
}
