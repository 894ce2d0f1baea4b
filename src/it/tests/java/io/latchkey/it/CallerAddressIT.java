package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Where every endpoint says that a caller is, behind a proxy that appends to what the caller has written. */
class CallerAddressIT {

    private static final String CALLER = "198.51.100.1";
    private static final String ELSEWHERE = "203.0.113.7";
    private static final String LONG = "7".repeat(3_000);

    /** An API says for whom it asks. */
    private static final Set<String> ON_BEHALF =
            Set.of("introspection, with hint", "introspection, without hint", "verify");

    /** Every header that Latchkey reads, or that Keycloak reads on its behalf. */
    private static final List<String> HEADERS = List.of(
            "X-Forwarded-For",
            "X-Forwarded-Method",
            "X-Forwarded-Uri",
            "X-API-Key",
            "Origin",
            "Forwarded",
            "If-Match",
            "Idempotency-Key",
            "Prefer",
            "Cache-Control",
            "Accept-Language",
            "User-Agent");

    private static RealmFixture realm;
    private static RealmSetup setup;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of("latchkey.keycloak-rest", "true", "latchkey.max-keys", "200"));
        setup = new RealmSetup(realm);
        // A caller from abroad without TLS is one more thing that Keycloak would refuse.
        setup.realm(Map.of("sslRequired", "none"));
        Endpoint.openAll(realm);
        realm.user("alice");
    }

    @BeforeEach
    void createRealmOnce() {
        setup.forgetEvents();
    }

    @TestFactory
    Stream<DynamicTest> endpointTakesTheAddressThatTheProxyHasAppended() {
        return doors().map(door -> dynamicTest(door.name(), () -> {
            String key = restricted("at " + door.name(), CALLER);

            assertEquals(
                    door.status(), use(door, CALLER + ", " + ELSEWHERE, key).status());
            assertEquals(door.status(), use(door, CALLER + ", unknown", key).status());
            assertEquals(
                    door.status(),
                    use(door, CALLER + ",10.0.0.1".repeat(100), key).status());
            assertTrue(door.accepted().test(use(door, ELSEWHERE + ", " + CALLER, key)));
        }));
    }

    @Test
    void secondHeaderLineIsNearerThanTheFirst() {
        String key = restricted("two lines", CALLER);

        // Twice each: the second answer may come from the event loop.
        for (int i = 0; i < 2; i++) {
            assertEquals(200, forwardAuth(key, ELSEWHERE, CALLER));
            assertEquals(401, forwardAuth(key, CALLER, ELSEWHERE));
        }
    }

    @Test
    void repeatedAnswerIsForTheSameAddressOnly() {
        String key = restricted("repeated", CALLER);
        for (int i = 0; i < 5; i++) {
            assertEquals(200, forwardAuth(key, CALLER));
            assertEquals(401, forwardAuth(key, CALLER, ELSEWHERE));
            assertEquals(401, forwardAuth(key, CALLER, "unknown"));
        }
    }

    @Test
    void eventsSessionsAndLastUseNameTheAddressThatTheProxyHasAppended() {
        String forged = ELSEWHERE + ", " + CALLER;
        String carol = realm.user("carol");
        Answer key = realm.createKey("carol", "recorded");
        realm.policy(Map.of("session", "online", "keycloakRest", true, "maxKeys", 200));

        realm.from(forged).exchange(key.text("key")).expect(200);
        // Of one known key, so that no other test uses up its events.
        String wrong = ForgedKey.withOtherSecret(key.text("key"));
        realm.from(forged).exchange(wrong).expect(400);
        forwardAuth(wrong, ELSEWHERE, CALLER);

        Eventually.expect(() -> uses().size() == 3);
        uses().forEach(event -> assertEquals(CALLER, event.path("ipAddress").asText(), event::toString));
        JsonNode sessions = setup.sessionsOf(carol);
        assertTrue(sessions.findValuesAsText("ipAddress").contains(CALLER), sessions::toString);
        assertFalse(sessions.findValuesAsText("ipAddress").contains(ELSEWHERE), sessions::toString);
        Eventually.expect(() -> CALLER.equals(
                realm.master().get(realm.adminKeys() + "/" + key.text("id")).text("lastUsedIp")));
    }

    private static List<JsonNode> uses() {
        return setup.events("max=100&type=OAUTH2_EXTENSION_GRANT&type=OAUTH2_EXTENSION_GRANT_ERROR");
    }

    @Test
    void adminEventNamesTheAddressThatTheProxyHasAppended() {
        Answer key = realm.createKey("alice", "administered");

        realm.master()
                .with("X-Forwarded-For", ELSEWHERE + ", " + CALLER)
                .patch(realm.adminKeys() + "/" + key.text("id"), Map.of("description", "changed"))
                .expect(200);

        JsonNode events = realm.master()
                .get(realm.admin("/admin-events?max=1&resourceTypes=USER&operationTypes=UPDATE"))
                .json();
        assertEquals(CALLER, events.at("/0/authDetails/ipAddress").asText(), events::toString);
    }

    @TestFactory
    Stream<DynamicTest> longHeaderIsNoServerError() {
        String good = restricted("long headers", "127.0.0.0/8");
        return HEADERS.stream()
                .map(header -> dynamicTest(header, () -> {
                    for (Endpoint door : Endpoint.ALL) {
                        for (String key : List.of(ForgedKey.unknown(1), good)) {
                            Answer answer = door.use().apply(realm.sending(header, LONG), key);
                            assertTrue(answer.status() < 500, () -> door.name() + ": " + answer);
                        }
                    }
                    for (String path : List.of(realm.keys(), realm.keys() + "/usage", realm.keys() + "/policy")) {
                        Answer answer =
                                realm.signedIn("alice").with(header, LONG).get(path);
                        assertTrue(answer.status() < 500, () -> path + ": " + answer);
                    }
                    Answer administered = realm.master().with(header, LONG).get(realm.adminKeys());
                    assertTrue(administered.status() < 500, administered::toString);
                }));
    }

    private static Stream<Endpoint> doors() {
        return Endpoint.ALL.stream().filter(door -> !ON_BEHALF.contains(door.name()));
    }

    private static Answer use(Endpoint door, String forwardedFor, String key) {
        return door.use().apply(realm.from(forwardedFor), key);
    }

    private static String restricted(String name, String address) {
        return realm.signedIn("alice")
                .post(realm.keys(), Map.of("name", name, "allowedIps", List.of(address)))
                .expect(201)
                .text("key");
    }

    private static int forwardAuth(String key, String... forwardedFor) {
        String lines = String.join(
                "",
                Stream.of(forwardedFor)
                        .map(line -> "X-Forwarded-For: " + line + "\r\n")
                        .toList());
        String request = "GET " + realm.keys() + "/forward-auth HTTP/1.1\r\nHost: localhost:8080\r\nX-API-Key: " + key
                + "\r\n" + lines + "Connection: close\r\n\r\n";
        return WireAnswer.of(URI.create(LatchkeyServer.url()).getPort(), request.getBytes(StandardCharsets.US_ASCII))
                .status();
    }
}
