package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever holds a key may end it, and learns nothing by trying. */
class RevokeIT {

    private static final String FORM = "application/x-www-form-urlencoded";

    private static RealmFixture realm;
    private static RealmSetup setup;

    private final String owner = "owner-" + UUID.randomUUID().toString().substring(0, 8);
    private String ownerId;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of("latchkey.kinds", "secret publishable"));
        setup = new RealmSetup(realm);
    }

    @BeforeEach
    void createOwner() {
        ownerId = realm.user(owner);
        setup.forgetEvents();
    }

    @Test
    void whoHoldsAKeyEndsIt() {
        Answer key = create(Map.of());

        assertEmpty(revoke(key.text("key")));

        assertEquals("revoked", status(key));
        JsonNode event = realm.master()
                .get(realm.admin("/events?type=REMOVE_CREDENTIAL"))
                .expect(200)
                .json()
                .path(0);
        assertEquals("holder", event.at("/details/reason").asText());
        assertEquals(key.text("id"), event.at("/details/credential_id").asText());
        assertEquals(ownerId, event.path("userId").asText());
        assertTrue(setup.failures().isEmpty());
    }

    @Test
    void theHintAndOtherParametersAreIgnored() {
        Answer key = create(Map.of());

        assertEmpty(realm.anyone()
                .form(path(), Map.of("token", "secret-token:" + key.text("key"), "token_type_hint", "refresh_token")));

        assertEquals("revoked", status(key));
    }

    @Test
    void aKeyIsEndedWhateverItsStateAndFromAnywhere() {
        Answer disabled = create(Map.of("enabled", false));
        Answer elsewhere = create(Map.of(
                "name", "elsewhere",
                "allowedIps", List.of("192.0.2.1"),
                "allowedOrigins", List.of("https://a.example")));
        Answer ownerless = create(Map.of("name", "of somebody disabled"));
        String seen = realm.adminKeys() + "/" + ownerless.text("id");

        assertEmpty(revoke(disabled.text("key")));
        assertEmpty(revoke(elsewhere.text("key")));
        setup.user(ownerId, Map.of("enabled", false));
        assertEmpty(revoke(ownerless.text("key")));

        for (Answer key : List.of(disabled, elsewhere, ownerless)) {
            assertEquals("revoked", status(key));
        }
        assertEquals("revoked", realm.master().get(seen).text("status"));
    }

    @Test
    void endingAKeyTwiceChangesNothing() {
        Answer key = create(Map.of());
        revoke(key.text("key"));
        String tag =
                realm.master().get(realm.adminKeys() + "/" + key.text("id")).header("ETag");

        assertEmpty(revoke(key.text("key")));

        assertEquals(
                tag,
                realm.master().get(realm.adminKeys() + "/" + key.text("id")).header("ETag"));
    }

    @Test
    void aPublishableKeyIsNotEndedByWhoReadsItInAPage() {
        Answer key = create(Map.of("kind", "publishable", "allowedOrigins", List.of("https://a.example")));

        assertEmpty(revoke(key.text("key")));

        assertEquals("active", status(key));
        assertFailure("api_key_publishable");
    }

    @Test
    void whatIsNoKeyGetsTheSameAnswer() {
        Answer key = create(Map.of());

        assertEmpty(revoke(WrongKeys.wrongSecret(key.text("key"))));
        assertFailure("api_key_wrong_secret");
        assertEmpty(revoke(ForgedKey.unknown(5)));
        assertFailure("api_key_unknown");
        assertEmpty(revoke("nonsense"));
        assertFailure("api_key_malformed");
        assertEmpty(revoke(realm.passwordToken(owner).text("access_token")));

        assertEquals("active", status(key));
    }

    @Test
    void aKeyOfAnotherRealmIsUnknown() {
        try (RealmFixture other = RealmFixture.create(Map.of())) {
            other.user("alice");
            Answer key = other.createKey("alice", "foreign");

            assertEmpty(revoke(key.text("key")));

            other.exchange(key.text("key")).expect(200);
        }
    }

    @Test
    void guessesWriteFewEvents() {
        try (RealmFixture flooded = RealmFixture.create(Map.of())) {
            for (int i = 0; i < 50; i++) {
                flooded.anyone()
                        .form(flooded.keys() + "/revoke", Map.of("token", ForgedKey.unknown(i)))
                        .expect(200);
            }

            int written = new RealmSetup(flooded).failures().size();
            assertTrue(written >= 1 && written <= 20, () -> "events: " + written);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "token=", "token=%20", "token=a&token=b", "token=a&token=a", "tokens=a"})
    void theTokenMustBeThereOnce(String body) {
        Answer refused = realm.anyone().send("POST", path(), FORM, body).expect(400);

        assertEquals("token", refused.json().at("/errors/0/field").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "multipart/form-data", "*/*"})
    void onlyFormsAreRead(String type) {
        Answer key = create(Map.of());

        Answer refused = realm.anyone()
                .send("POST", path(), type, "token=" + key.text("key"))
                .expect(415);

        assertEquals("Content-Type", refused.json().at("/errors/0/field").asText());
        assertEquals("active", status(key));
    }

    @Test
    void aKeyInTheQueryOrInAHeaderIsNotLookedAt() {
        Answer key = create(Map.of());

        realm.anyone()
                .send("POST", path() + "?token=" + key.text("key"), FORM, "")
                .expect(400);
        realm.anyone()
                .with("X-API-Key", key.text("key"))
                .send("POST", path(), FORM, "")
                .expect(400);

        assertEquals("active", status(key));
    }

    @Test
    void aPageMayReadThatThereIsNothingToRead() {
        Answer answer = realm.anyone()
                .with("Origin", "https://anywhere.example")
                .form(path(), Map.of("token", "nonsense"))
                .expect(200);

        assertEquals("https://anywhere.example", answer.header("Access-Control-Allow-Origin"));
        assertEquals("false", answer.header("Access-Control-Allow-Credentials"));
    }

    @Test
    void aRealmThatIsClosedOrWantsHttpsRefuses() {
        try (RealmFixture closed = RealmFixture.create(Map.of())) {
            closed.user("alice");
            Answer key = closed.createKey("alice", "k");
            Map<String, String> form = Map.of("token", key.text("key"));

            new RealmSetup(closed).realm(Map.of("sslRequired", "all"));
            closed.anyone().form(closed.keys() + "/revoke", form).expect(403);
            new RealmSetup(closed).realm(Map.of("sslRequired", "none", "enabled", false));
            closed.anyone().form(closed.keys() + "/revoke", form).expect(403);
            new RealmSetup(closed).realm(Map.of("enabled", true));

            closed.exchange(key.text("key")).expect(200);
        }
    }

    @Test
    void theLineOfTheDocumentationWorks() {
        Answer key = create(Map.of());
        Map<String, String> shell =
                Map.of("KEY", key.text("key"), "KEYCLOAK", LatchkeyServer.url(), "REALM", realm.name());

        assertEmpty(CurlLine.of("rest.md", "-s -d", "/revoke").run(shell));

        assertEquals("revoked", status(key));
    }

    private static void assertEmpty(Answer answer) {
        assertEquals("", answer.expect(200).text());
        assertEquals("no-store", answer.header("Cache-Control"));
    }

    private static void assertFailure(String reason) {
        JsonNode event = setup.failures().get(0);
        assertEquals(reason, event.at("/details/reason").asText());
        assertEquals("revoke", event.at("/details/endpoint").asText());
    }

    private static Answer revoke(String token) {
        return realm.anyone().form(path(), Map.of("token", token));
    }

    private static String status(Answer key) {
        return realm.master().get(realm.adminKeys() + "/" + key.text("id")).text("status");
    }

    private Answer create(Map<String, ?> more) {
        Map<String, Object> draft = new LinkedHashMap<>(Map.of("name", "k"));
        draft.putAll(more);
        return realm.signedIn(owner).post(realm.keys(), draft).expect(201);
    }

    private static String path() {
        return realm.keys() + "/revoke";
    }
}
