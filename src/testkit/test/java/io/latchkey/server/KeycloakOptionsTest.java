package io.latchkey.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeycloakOptionsTest {

    @TempDir
    Path home;

    @Test
    void putsTheCommandFirstAndBindsToThisMachineOnly() throws Exception {
        List<String> line = KeycloakOptions.dev(8081, 9001, "admin", "admin")
                .with("--import-realm")
                .commandLine(distribution());

        assertEquals(List.of("start-dev", "--import-realm", "--http-host=127.0.0.1"), line.subList(1, 4));
        assertTrue(line.containsAll(
                List.of("--http-port=8081", "--http-management-port=9001", "--hostname=http://localhost:8081")));
    }

    @Test
    void keepsTheTimeOfTheProviderJar() throws Exception {
        Path jar = Files.writeString(home.resolve("latchkey-keycloak-1.0-SNAPSHOT.jar"), "jar");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));

        distribution().install(List.of(jar));

        assertEquals(
                Instant.parse("2026-01-01T00:00:00Z"),
                Files.getLastModifiedTime(home.resolve("providers/latchkey-keycloak.jar"))
                        .toInstant());
    }

    @Test
    void removesAJarThatIsNoLongerInstalled() throws Exception {
        Path keys = Files.writeString(home.resolve("latchkey-keycloak-1.0.jar"), "jar");
        Path credits = Files.writeString(home.resolve("latchkey-credits-1.0.jar"), "jar");

        distribution().install(List.of(keys, credits));
        distribution().install(List.of(keys));

        assertTrue(Files.exists(home.resolve("providers/latchkey-keycloak.jar")));
        assertTrue(Files.notExists(home.resolve("providers/latchkey-credits.jar")));
    }

    @Test
    void refusesAFolderWithoutKeycloak() {
        assertThrows(ServerFailure.class, () -> new Distribution(home));
    }

    private Distribution distribution() throws Exception {
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("providers"));
        Files.writeString(home.resolve("bin/kc.sh"), "");
        return new Distribution(home);
    }
}
