package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of the page on limits, as people copy them. */
class LimitsPageIT {

    @TempDir
    static Path directory;

    @Test
    void itsLinesSetTheLimitsOfTheRealmAndOfPlans() throws IOException, InterruptedException {
        Kcadm kcadm = Kcadm.signedIn(directory);
        try (RealmFixture realm = RealmFixture.create(Map.of())) {
            for (String role : List.of("professional", "internal")) {
                new RealmSetup(realm).grantNewRole(realm.user(role), role);
            }
            realm.user("nobody");

            for (String line : lines()) {
                kcadm.run(line, Map.of("REALM", realm.name())).expectSuccess();
            }

            assertEquals("2/s burst 10 600/min", limits(realm, "nobody"));
            assertEquals("50/s burst 200 600/min", limits(realm, "professional"));
            assertEquals("unlimited 600/min", limits(realm, "internal"));
        }
    }

    private static List<String> lines() throws IOException {
        List<String> lines;
        try (var all = Files.lines(Path.of("src", "docs", "limits.md"))) {
            lines = all.filter(line -> line.startsWith("kcadm.sh update ")).toList();
        }
        assertEquals(3, lines.size());
        return lines;
    }

    private static String limits(RealmFixture realm, String user) {
        var limits = realm.signedIn(user)
                .get(realm.keys() + "/policy")
                .expect(200)
                .json()
                .path("limits");
        return limits.path("rateLimit").asText() + " "
                + limits.path("ownerRateLimit").asText();
    }
}
