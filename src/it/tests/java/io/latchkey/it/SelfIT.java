package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a key does to itself, with nobody signed in. */
class SelfIT {

    private static final String PAGE = "https://app.example.org";

    private static RealmFixture realm;
    private static RealmSetup setup;

    private final String owner = "owner-" + UUID.randomUUID().toString().substring(0, 8);
    private String ownerId;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of("latchkey.kinds", "secret publishable", "latchkey.scopes", "email"));
        setup = new RealmSetup(realm);
    }

    @BeforeEach
    void createOwner() {
        ownerId = realm.user(owner);
        setup.forgetEvents();
    }

    @Test
    void aKeyReadsItselfAndIsUsedByIt() {
        Answer key = create(Map.of());

        Answer self = holding(key).get(self()).expect(200);

        assertEquals(key.text("id"), self.text("id"));
        assertEquals(owner, self.json().at("/owner/name").asText());
        assertFalse(self.json().has("key"));
        assertEquals(key.header("ETag"), self.header("ETag"));
        assertEquals("no-store", self.header("Cache-Control"));
        Eventually.expect(() -> holding(key).get(self()).json().path("uses").asInt() > 0);
    }

    @Test
    void aKeyEndsItself() {
        Answer key = create(Map.of());

        holding(key).with("If-Match", "\"99\"").delete(self()).expect(412);
        holding(key).delete(self()).expect(204);

        assertRefused(holding(key).get(self()), "api_key_revoked");
        JsonNode event = events("REMOVE_CREDENTIAL").path(0);
        assertEquals("holder", event.at("/details/reason").asText());
        assertEquals(ownerId, event.path("userId").asText());
        assertEquals("127.0.0.1", event.path("ipAddress").asText());
    }

    @Test
    void aNewKeyThatEndsItselfLeavesTheOldOneAlive() {
        Answer old = create(Map.of());
        Answer fresh = holding(old)
                .post(self() + "/rotate", Map.of("endOnFirstUse", true))
                .expect(201);

        holding(fresh).delete(self()).expect(204);

        holding(old).get(self()).expect(200);
    }

    @Test
    void aKeyReplacesItselfAsItsOwnerWould() {
        Answer old = create(Map.of("allowedIps", List.of("127.0.0.1"), "scopes", List.of("email")));

        Answer fresh = holding(old)
                .post(self() + "/rotate", Map.of("gracePeriod", "PT0S"))
                .expect(201);

        assertRefused(holding(old).get(self()), "api_key_rotated_out");
        Answer self = holding(fresh).get(self()).expect(200);
        assertEquals(ownerId, self.json().at("/createdBy/id").asText());
        assertEquals(old.json().path("family"), self.json().path("family"));
        assertEquals(old.json().path("allowedIps"), self.json().path("allowedIps"));
        assertEquals(old.json().path("scopes"), self.json().path("scopes"));
        assertTrue(fresh.header("Location").endsWith(realm.keys() + "/" + self.text("id")));
        assertEquals("no-store", fresh.header("Cache-Control"));
    }

    @Test
    void aRotationThatIsRepeatedStrandsNobody() {
        Answer old = create(Map.of());
        ApiClient holder = holding(old).with("Idempotency-Key", "again");

        Answer lost = holder.send("POST", self() + "/rotate", null, null).expect(201);
        Answer fresh = holder.send("POST", self() + "/rotate", null, null).expect(201);

        holding(fresh).get(self()).expect(200);
        assertRefused(holding(lost).get(self()), "api_key_revoked");
        holding(old).post(self() + "/rotate", Map.of()).expect(409);
    }

    @Test
    void nobodyHasToHaveSignedIn() {
        try (RealmFixture strict = RealmFixture.create(Map.of())) {
            strict.user("alice");
            Answer key = strict.createKey("alice", "k");
            strict.policy(Map.of("reauthAge", "PT10S", "creation", "admins"));
            String old = strict.keys() + "/" + key.text("id");

            strict.signedIn("alice").post(old + "/rotate", Map.of()).expect(403);
            Answer fresh = strict.anyone()
                    .with("X-API-Key", key.text("key"))
                    .post(strict.keys() + "/self/rotate", Map.of())
                    .expect(201);

            // Who may not make keys gets no longer life by making one of another.
            assertEquals(key.text("expiresAt"), fresh.text("expiresAt"));
        }
    }

    @Test
    void theKeyOfAServiceAccountReplacesItself() {
        Answer old = setup.serviceKey("machine-" + owner);

        Answer fresh = holding(old).post(self() + "/rotate", Map.of()).expect(201);

        assertEquals("service-account", fresh.json().at("/owner/type").asText());
        holding(fresh).get(self()).expect(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{\"gracePeriod\":\"PT2H\"} | gracePeriod", "{\"grace\":1} | grace", "[] | body"})
    void aKeyIsNotReplacedBy(String body, String field) {
        Answer key = create(Map.of());

        Answer refused = holding(key).post(self() + "/rotate", body).expect(400);

        assertEquals(field, refused.json().at("/errors/0/field").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "text/json", "application/x-www-form-urlencoded", "text/plain"})
    void whatIsNoJsonIsRefusedByItsName(String type) {
        Answer key = create(Map.of());

        Answer refused =
                holding(key).send("POST", self() + "/rotate", type, "{}").expect(415);

        assertEquals("Content-Type", refused.json().at("/errors/0/field").asText());
    }

    @Test
    void everyRejectedKeyIsAnsweredAlike() {
        Answer disabled = create(Map.of("enabled", false));
        Answer elsewhere = create(Map.of("name", "elsewhere", "allowedIps", List.of("192.0.2.1")));
        Answer otherPage = create(Map.of("name", "other page", "allowedOrigins", List.of("https://other.example.org")));
        Answer publishable = create(Map.of("name", "p", "kind", "publishable", "allowedOrigins", List.of(PAGE)));

        assertRefused(holding(disabled).get(self()), "api_key_disabled");
        assertRefused(holding(elsewhere).get(self()), "api_key_address_not_allowed");
        assertRefused(holding(otherPage).get(self()), "api_key_origin_not_allowed");
        assertRefused(holding(otherPage).with("Origin", PAGE).get(self()), "api_key_origin_not_allowed");
        assertRefused(holding(publishable).with("Origin", PAGE).get(self()), "api_key_publishable");
        assertRefused(holding(WrongKeys.wrongSecret(disabled.text("key"))).get(self()), "api_key_wrong_secret");
        assertRefused(holding(ForgedKey.unknown(3)).get(self()), "api_key_unknown");
        assertRefused(holding("nonsense").get(self()), "api_key_malformed");
        assertRefused(holding(elsewhere).delete(self()), "api_key_address_not_allowed");
        assertRefused(holding(elsewhere).post(self() + "/rotate", Map.of()), "api_key_address_not_allowed");
    }

    @Test
    void whoBringsNoKeyOrMoreThanAKeyIsRefused() throws Exception {
        Answer key = create(Map.of());
        var twice = HttpRequest.newBuilder(URI.create(LatchkeyServer.url() + self()))
                .header("X-API-Key", key.text("key"))
                .header("X-API-Key", key.text("key"))
                .build();
        var answered = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(twice, BodyHandlers.ofString());

        assertTellsNothing(realm.anyone().get(self()));
        assertTellsNothing(
                realm.signedIn(owner).with("X-API-Key", key.text("key")).get(self()));
        assertTellsNothing(holding(key).with("Authorization", "Basic eDp4").delete(self()));
        Answer inQuery =
                realm.anyone().get(self() + "?api_key=" + key.text("key")).expect(400);
        assertEquals("api_key", inQuery.json().at("/errors/0/field").asText());
        assertTellsNothing(new Answer(answered.statusCode(), answered.headers(), answered.body()));
        assertTrue(setup.failures().isEmpty(), setup.failures()::toString);
    }

    @Test
    void onlyAPageTheKeyNamesMayReadTheAnswer() {
        Answer named = create(Map.of("allowedOrigins", List.of(PAGE)));
        Answer open = create(Map.of("name", "open"));

        Answer read = holding(named).with("Origin", PAGE).get(self()).expect(200);

        assertEquals(PAGE, read.header("Access-Control-Allow-Origin"));
        assertTrue(read.header("Access-Control-Expose-Headers").contains("ETag"));
        Answer blind = holding(open).with("Origin", PAGE).get(self()).expect(200);
        assertEquals("", blind.header("Access-Control-Allow-Origin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/self", "/self/rotate"})
    void aPageMayAskWhetherItMaySendAKey(String path) {
        Answer preflight = realm.anyone()
                .with("Origin", PAGE)
                .with("Access-Control-Request-Method", "POST")
                .send("OPTIONS", realm.keys() + path, null, null)
                .expect(200);

        assertEquals(PAGE, preflight.header("Access-Control-Allow-Origin"));
        List<String> lines = preflight.headers().allValues("Access-Control-Allow-Headers");
        assertEquals(1, lines.size(), lines::toString);
        String allowed = lines.get(0);
        assertTrue(Stream.of("X-API-Key", "If-Match", "Idempotency-Key").allMatch(allowed::contains), allowed);
        assertEquals("false", preflight.header("Access-Control-Allow-Credentials"));
    }

    @Test
    void aRealmThatIsClosedOrWantsHttpsAnswersLikeTheTokenEndpoint() {
        try (RealmFixture closed = RealmFixture.create(Map.of())) {
            closed.user("alice");
            String key = closed.createKey("alice", "k").text("key");
            ApiClient holder = closed.anyone().with("X-API-Key", key);

            new RealmSetup(closed).realm(Map.of("sslRequired", "all"));
            holder.get(closed.keys() + "/self").expect(403);
            holder.form(closed.token(), Map.of("grant_type", RealmFixture.GRANT))
                    .expect(403);
            new RealmSetup(closed).realm(Map.of("sslRequired", "none", "enabled", false));
            holder.delete(closed.keys() + "/self").expect(403);
            new RealmSetup(closed).realm(Map.of("enabled", true));
            holder.get(closed.keys() + "/self").expect(200);
        }
    }

    @Test
    void theLinesOfTheDocumentationWork() {
        Answer key = create(Map.of());
        Map<String, String> shell =
                Map.of("KEY", key.text("key"), "KEYCLOAK", LatchkeyServer.url(), "REALM", realm.name());

        assertEquals(
                key.text("id"),
                CurlLine.of("rest.md", "-s -H \"X-API-Key", "/self")
                        .run(shell)
                        .expect(200)
                        .text("id"));
        CurlLine.of("rest.md", "-s -X POST", "/self/rotate").run(shell).expect(201);
        CurlLine.of("rest.md", "-s -X DELETE", "/self").run(shell).expect(204);
        assertRefused(holding(key).get(self()), "api_key_revoked");
    }

    private static void assertRefused(Answer answer, String reason) {
        assertTellsNothing(answer);
        JsonNode event = setup.failures().get(0);
        assertEquals(reason, event.at("/details/reason").asText());
        assertEquals("self", event.at("/details/endpoint").asText());
    }

    private static void assertTellsNothing(Answer answer) {
        assertEquals(401, answer.status(), answer::text);
        assertEquals(realm.anyone().get(self()).text(), answer.text());
        assertEquals("application/problem+json", answer.header("Content-Type"));
        assertEquals("ApiKey realm=\"" + realm.name() + "\"", answer.header("WWW-Authenticate"));
        assertEquals("no-store", answer.header("Cache-Control"));
        assertEquals("", answer.header("Access-Control-Allow-Origin"));
    }

    private JsonNode events(String type) {
        return realm.master()
                .get(realm.admin("/events?type=" + type + "&user=" + ownerId))
                .expect(200)
                .json();
    }

    private Answer create(Map<String, ?> more) {
        Map<String, Object> draft = new LinkedHashMap<>(Map.of("name", "k"));
        draft.putAll(more);
        return realm.signedIn(owner).post(realm.keys(), draft).expect(201);
    }

    private static ApiClient holding(Answer key) {
        return holding(key.text("key"));
    }

    private static ApiClient holding(String key) {
        return realm.anyone().with("X-API-Key", key);
    }

    private static String self() {
        return realm.keys() + "/self";
    }
}
