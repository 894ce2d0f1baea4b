package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.latchkey.it.ApiClient.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;

/** The command line of the distribution works with keys as with anything else of Keycloak. */
@KeycloakIntegrationTest(config = LatchkeyServer.class)
class KcadmIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static RealmFixture realm;

    @TempDir
    static Path directory;

    @BeforeEach
    void logIn() throws IOException, InterruptedException {
        if (realm == null) {
            realm = RealmFixture.create(Map.of());
            realm.user("scripted");
            run(
                            "config",
                            "credentials",
                            "--server",
                            LatchkeyServer.URL,
                            "--realm",
                            "master",
                            "--user",
                            "admin",
                            "--password",
                            "admin")
                    .expectSuccess();
        }
    }

    @AfterAll
    static void closeRealm() {
        realm.close();
    }

    @Test
    void aKeyIsMadeForSomebody() throws IOException, InterruptedException {
        JsonNode made = inRealm("create", "api-keys", "-s", "name=from a script", "-s", "owner.name=scripted", "-o")
                .expectSuccess()
                .json();

        assertEquals("from a script", made.path("name").asText());
        assertEquals("scripted", made.at("/owner/name").asText());
        assertEquals("active", made.path("status").asText());
        realm.exchange(made.path("key").asText()).expect(200);
    }

    @Test
    void aKeyIsReadSwitchedOffAndDeleted() throws IOException, InterruptedException {
        Answer made = realm.createKey("scripted", "switched by a script");
        String path = "api-keys/" + made.text("id");
        String key = made.text("key");
        realm.exchange(key).expect(200);

        assertEquals(
                "switched by a script",
                inRealm("get", path).expectSuccess().json().path("name").asText());
        inRealm("update", path, "-s", "enabled=false").expectSuccess();
        realm.exchange(key).expect(400);
        inRealm("update", path, "-s", "enabled=true").expectSuccess();
        realm.exchange(key).expect(200);
        inRealm("delete", path).expectSuccess();
        realm.exchange(key).expect(400);
    }

    @Test
    void aListIsFiltered() throws IOException, InterruptedException {
        String id = realm.createKey("scripted", "needle").text("id");

        JsonNode list =
                inRealm("get", "api-keys", "-q", "q=needle").expectSuccess().json();

        assertEquals(1, list.size(), list::toString);
        assertEquals(id, list.at("/0/id").asText());
    }

    @Test
    void thePolicyIsUpdatedFieldByField() throws IOException, InterruptedException {
        inRealm("update", "api-keys/policy", "-s", "maxKeys=7", "-s", "creation=plan")
                .expectSuccess();

        JsonNode policy = inRealm("get", "api-keys/policy").expectSuccess().json();

        assertEquals(7, policy.path("maxKeys").asInt());
        assertEquals("plan", policy.path("creation").asText());
        assertEquals("test", policy.path("brand").asText());
        inRealm("update", "api-keys/policy", "-s", "maxKeys=10", "-s", "creation=everyone")
                .expectSuccess();
    }

    @Test
    void theLinesOfThePageOnLimitsSetThem() throws IOException, InterruptedException {
        for (String role : List.of("professional", "internal")) {
            realm.master().post(realm.admin("/roles"), Map.of("name", role)).expect(201);
        }

        for (String line : Files.readAllLines(Path.of("src/docs/limits.md"))) {
            if (line.startsWith("kcadm.sh ")) {
                bash(line.replaceFirst("^kcadm.sh ", "bash \"\\$KCADM\" ") + " --config \"$CONFIG\"")
                        .expectSuccess();
            }
        }

        JsonNode policy = inRealm("get", "api-keys/policy").expectSuccess().json();
        assertEquals("2/s burst 10", policy.path("rateLimit").asText());
        assertEquals("600/min", policy.path("ownerRateLimit").asText());
        JsonNode plans = inRealm("get", "api-keys/plans").expectSuccess().json();
        assertTrue(plans.toString().contains("\"50/s burst 200\""), plans::toString);
        assertTrue(plans.toString().contains("\"unlimited\""), plans::toString);
    }

    @Test
    void aMistakeIsAFailureOfTheCommand() throws IOException, InterruptedException {
        Result result = inRealm("update", "api-keys/policy", "-s", "maxKeys=many");

        assertNotEquals(0, result.exit(), result.output());
    }

    private static Result inRealm(String command, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(arguments));
        all.addAll(List.of("-r", realm.name()));
        return run(all.toArray(String[]::new));
    }

    private static Result run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", kcadm().toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--config", config()));
        return result(new ProcessBuilder(command));
    }

    /** A line as people type it. */
    private static Result bash(String line) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", line);
        shell.environment().putAll(Map.of("KCADM", kcadm().toString(), "CONFIG", config(), "REALM", realm.name()));
        return result(shell);
    }

    private static String config() {
        return directory.resolve("kcadm.config").toString();
    }

    private static Result result(ProcessBuilder command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "kcadm", ".out");
        Process process = command.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES), "kcadm.sh hangs");
        return new Result(process.exitValue(), Files.readString(output));
    }

    /** The test framework unpacks the distribution below the temporary directory. */
    private static Path kcadm() throws IOException {
        Path unpacked = Path.of(System.getProperty("java.io.tmpdir"), "kc-test-framework");
        try (Stream<Path> files = Files.walk(unpacked, 4)) {
            return files.filter(file -> file.endsWith(Path.of("bin", "kcadm.sh")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private record Result(int exit, String output) {

        Result expectSuccess() {
            assertEquals(0, exit, output);
            return this;
        }

        JsonNode json() throws IOException {
            return JSON.readTree(output);
        }
    }
}
