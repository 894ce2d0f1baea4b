package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.it.ApiClient.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Nothing a run leaves behind holds a key or its secret part. The run is made once; it uses keys rightly, wrongly, and sends
 * them where none belong.
 */
@EveryDatabase
class SecretsIT {

    private static RealmFixture realm;
    private static final List<String> KEYS = new ArrayList<>();
    private static String publicId;

    @BeforeAll
    static void makeTheRun() {
        realm = RealmFixture.create(Map.of("latchkey.session", "online"));
        realm.user("alice");
        Answer key = realm.createKey("alice", "k");
        publicId = key.text("id");
        use(key);
        Answer successor = rotate(key);
        Answer machine = realm.master()
                .post(
                        realm.adminKeys(),
                        Map.of("name", "machine", "owner", Map.of("type", "service-account", "name", "service")))
                .expect(201);
        use(machine);
        List.of(key, successor, machine).forEach(issued -> KEYS.add(issued.text("key")));
        List.copyOf(KEYS).forEach(SecretsIT::misplace);
        realm.signedIn("alice")
                .delete(realm.keys() + "/" + successor.text("id"))
                .expect(204);
        realm.exchange(successor.text("key")).expect(400);
        Answer lost = realm.createKey("alice", "lost");
        KEYS.add(lost.text("key"));
        MisplacedKey misplaced = new MisplacedKey(realm, lost.text("key"));
        misplaced.sendToKeycloak();
        misplaced.sendToEveryEndpoint();
        realm.master().delete(realm.adminKeys() + "/" + machine.text("id")).expect(204);
        Eventually.expect(() -> realm.master()
                        .get(realm.adminKeys() + "/" + publicId)
                        .json()
                        .path("uses")
                        .asInt()
                > 0);
    }

    private static void use(Answer key) {
        String text = key.text("key");
        Answer tokens = realm.exchange(text).expect(200);
        realm.introspect(tokens.text("access_token")).expect(200);
        realm.exchange("secret-token:" + text).expect(200);
        String wrong = WrongKeys.wrongSecret(text);
        KEYS.add(wrong);
        realm.exchange(wrong).expect(400);
        realm.exchange(text.substring(0, text.length() - 1)).expect(400);
        realm.exchange(text + "x").expect(400);
        realm.exchange(text, Map.of("api_key", text)).expect(400);
        realm.exchange(text, Map.of("scope", "nonsense")).expect(400);
        realm.exchange(text, Map.of("client_id", "service", "client_secret", "wrong"));
    }

    private static Answer rotate(Answer key) {
        return realm.signedIn("alice")
                .with("Idempotency-Key", key.text("key"))
                .post(realm.keys() + "/" + key.text("id") + "/rotate", Map.of())
                .expect(201);
    }

    /** Sends a key everywhere but where it belongs. */
    private static void misplace(String key) {
        ApiClient alice = realm.signedIn("alice");
        for (ApiClient caller : List.of(alice, realm.master())) {
            for (String keys : List.of(realm.keys(), realm.adminKeys())) {
                caller.post(keys, Map.of("key", key, "name", "x"));
                caller.post(keys, Map.of("name", "x", "kind", key));
                caller.post(keys, Map.of("name", "x", "expiresAt", key));
                caller.post(keys, Map.of("name", "x", "owner", Map.of("name", key)));
                caller.post(keys, Map.of(key, key));
                caller.post(keys, "{\"name\":" + key);
                caller.get(keys + "/" + key);
                caller.get(keys + "?q=" + key + "&status=" + key);
                caller.with("If-Match", key).delete(keys + "/" + key);
                caller.patch(keys + "/" + key, Map.of("enabled", key));
                caller.post(keys + "/" + key + "/rotate", Map.of("gracePeriod", key));
            }
        }
        realm.introspect(key);
        for (String path : List.of("userinfo", "token", "revoke", "logout")) {
            realm.anyone().as(key).form(realm.token().replace("/token", "/" + path), Map.of("token", key));
        }
        realm.anyone().as(key).with("X-API-Key", key).get(realm.admin("/users"));
        realm.anyone().as(key).get(realm.keys());
    }

    @Test
    void theLogHoldsNoSecret() {
        WrittenRefusals.await(realm);
        String log = String.join("\n", ServerLog.lines());

        assertTrue(log.contains(publicId), "the search works");
        assertClean(log);
    }

    @Test
    void noEventHoldsASecret() {
        WrittenRefusals.await(realm);
        String events =
                realm.master().get(realm.admin("/events?max=10000")).expect(200).text();
        String adminEvents = realm.master()
                .get(realm.admin("/admin-events?max=10000"))
                .expect(200)
                .text();

        assertTrue(events.contains(publicId), "the search works");
        assertTrue(adminEvents.contains("api-keys"), "the search works");
        assertClean(events);
        assertClean(adminEvents);
    }

    @Test
    void theDatabaseHoldsNoSecret() {
        try (Database database = Database.open()) {
            String dump = database.dump();

            assertTrue(dump.contains("LATCHKEY_KEY.ID=" + publicId), "the search works");
            assertClean(dump);
        }
    }

    @Test
    void theExportHoldsNoSecret() {
        String export = realm.master()
                .post(realm.admin("/partial-export?exportClients=true&exportGroupsAndRoles=true"), "")
                .expect(200)
                .text();

        assertTrue(export.contains("latchkey.creation"), "the search works");
        assertClean(export);
    }

    @Test
    void noListHoldsASecret() {
        String lists =
                realm.master().get(realm.adminKeys() + "?max=100").expect(200).text()
                        + realm.master()
                                .get(realm.adminKeys() + "?status=revoked&max=100")
                                .expect(200)
                                .text();

        assertTrue(lists.contains(publicId), "the search works");
        assertClean(lists);
    }

    private static void assertClean(String text) {
        assertEquals(6, KEYS.size());
        for (String key : KEYS) {
            String secret = WrongKeys.secretPart(key);
            // Half of a secret would be a leak as well.
            for (String part : List.of(secret.substring(0, 16), secret.substring(16))) {
                assertAbsent(text, part);
                assertAbsent(text, HexFormat.of().formatHex(part.getBytes(StandardCharsets.US_ASCII)));
            }
        }
    }

    private static void assertAbsent(String text, String part) {
        int at = text.indexOf(part);
        assertFalse(
                at >= 0,
                () -> "A secret is in: "
                        + text.substring(Math.max(0, at - 300), at).replace(part, "***"));
    }
}
