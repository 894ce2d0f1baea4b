package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.it.ApiClient.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server with the provider jar alone: keys work, and there is nothing of credits. */
class WithoutCreditsIT {

    private static final String DATABASE =
            "jdbc:h2:file:" + LatchkeyServer.folder().resolve("without-credits")
                    + ";NON_KEYWORDS=VALUE;DB_CLOSE_DELAY=0;AUTO_SERVER=TRUE";

    private static RealmFixture realm;
    private static ApiCalls api;
    private static String key;

    @BeforeAll
    static void start() {
        LatchkeyServer.startWithoutCredits(
                "without-credits",
                List.of("--db=dev-file", "--db-url=" + DATABASE, "--db-username=sa", "--db-password=sa"));
        realm = RealmFixture.create(Map.of());
        RealmSetup setup = new RealmSetup(realm);
        setup.audience("app", "service");
        setup.client("service", Map.of("attributes", Map.of("latchkey.credits.price", "1")));
        api = new ApiCalls(realm);
        realm.user("alice");
        key = realm.createKey("alice", "key").text("key");
    }

    @Test
    void keyIsAcceptedAndCostsNothing() {
        Answer decision = api.verify("service", Map.of("key", key)).expect(200);

        assertTrue(decision.json().path("valid").asBoolean(), decision::text);
        assertTrue(decision.json().path("credits").isNull(), decision::text);
        Answer passed = realm.anyone().with("X-API-Key", key).get(realm.keys() + "/forward-auth?audience=service");
        assertEquals("", passed.expect(200).header("X-Auth-Credits-Cost"));
        realm.exchange(key).expect(200);
        assertTrue(api.introspect("service", key, Map.of())
                .expect(200)
                .json()
                .path("active")
                .asBoolean());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/prices", "/allowances", "/allowances/current"})
    void administrationOfCreditsIsNotFound(String path) {
        assertNotFound(realm.master().get(realm.adminKeys() + path));
    }

    @Test
    void creditsAndSettlementsAreNotFound() {
        assertNotFound(realm.signedIn("alice").get(realm.keys() + "/credits"));
        assertNotFound(realm.client("service").post(realm.keys() + "/credits/settle", Map.of("reservation", "?")));
    }

    @Test
    void policyOfTheOwnerNamesNoCredits() {
        Answer policy = realm.signedIn("alice").get(realm.keys() + "/policy").expect(200);

        assertTrue(policy.json().path("credits").isMissingNode(), policy::text);
    }

    @Test
    void healthReportsAPriceListWithoutEffect() {
        Answer health = realm.master().get(realm.adminKeys() + "/health").expect(200);

        assertEquals("warning", health.text("status"), health::text);
        assertEquals("credits-missing", health.json().at("/faults/0/code").asText(), health::text);
    }

    @Test
    void databaseHasNoTableOfCredits() throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(DATABASE, "sa", "sa");
                ResultSet found = connection.getMetaData().getTables(null, "PUBLIC", "%LATCHKEY%", null)) {
            while (found.next()) {
                tables.add(found.getString("TABLE_NAME"));
            }
        }

        assertTrue(tables.contains("LATCHKEY_KEY"), tables::toString);
        assertEquals(
                List.of(),
                tables.stream()
                        .filter(table -> table.matches(".*(CREDIT|ALLOWANCE|LEASE|SETTLEMENT|LATCHKEY_C$).*"))
                        .toList());
    }

    @Test
    void providerJarHasNoCodeOfCredits() throws IOException {
        for (Path path : ProviderJars.withoutCredits()) {
            try (JarFile jar = new JarFile(path.toFile())) {
                assertFalse(jar.stream().anyMatch(entry -> entry.getName().contains("latchkey/credits/")));
                assertFalse(jar.stream()
                        .anyMatch(entry -> entry.getName().contains("ChargingProviderFactory")
                                && entry.getName().startsWith("META-INF/services")));
            }
        }
    }

    private static void assertNotFound(Answer answer) {
        assertEquals(404, answer.status(), answer::text);
        assertEquals("application/problem+json", answer.header("Content-Type"), answer::text);
    }
}
