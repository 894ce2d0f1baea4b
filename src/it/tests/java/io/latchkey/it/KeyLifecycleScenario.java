package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The whole way of a key on a server that remembers less than others do: every answer is the same, and as prompt. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KeyLifecycleScenario {

    private RealmFixture realm;
    private RealmSetup setup;

    /** What the server is started with. */
    abstract List<String> options();

    /** @param info what the server says about itself, which has to show that the options count */
    abstract void assertStarted(JsonNode info);

    @BeforeAll
    void start() {
        List<String> all = new ArrayList<>(options());
        // All of this comes from one address, and much of it with keys that are refused.
        all.add("--spi-latchkey--default--failed-key-limit=unlimited");
        LatchkeyServer.start(getClass().getSimpleName(), all);
        realm = RealmFixture.create(Map.of());
        setup = new RealmSetup(realm);
        setup.audience("app", "service");
    }

    @Test
    void theServerHasTheOptions() {
        assertStarted(realm.master().get("/admin/serverinfo").expect(200).json());
    }

    @Test
    void tokensAreMadeAnewEachTime() {
        Answer key = key("anew");

        assertNotEquals(token(realm, key), token(realm, key));
    }

    @Test
    void aKeyIsRefusedAtOnceWhileItIsOffAndOnceItIsRevoked() {
        Answer key = key("keyed");
        String path = realm.adminKeys() + "/" + key.text("id");
        String token = token(realm, key);
        assertTrue(Endpoints.open(realm, key));
        assertTrue(isActive(realm, token));

        Answer off = realm.master().patch(path, Map.of("enabled", false)).expect(200);
        assertEquals("disabled", off.text("status"));
        assertFalse(Endpoints.open(realm, key));
        assertFalse(isActive(realm, token));
        realm.master().patch(path, Map.of("enabled", true)).expect(200);
        assertTrue(Endpoints.open(realm, key));
        realm.signedIn("keyed").delete(realm.keys() + "/" + key.text("id")).expect(204);
        assertFalse(Endpoints.open(realm, key));
        assertFalse(isActive(realm, token));
    }

    @Test
    void aKeyIsRefusedAtOnceWhileItsOwnerIsDisabledAndOnceDeleted() {
        Answer key = key("owner");
        String owner = ownerOf(key);
        assertTrue(Endpoints.open(realm, key));

        setup.user(owner, Map.of("enabled", false));
        assertFalse(Endpoints.open(realm, key));
        setup.user(owner, Map.of("enabled", true));
        assertTrue(Endpoints.open(realm, key));
        realm.master().delete(realm.admin("/users/" + owner)).expect(204);
        assertFalse(Endpoints.open(realm, key));
    }

    @Test
    void aKeyIsRefusedAtOnceWhileItsClientIsDisabled() {
        Answer key = setup.serviceKey("service");
        assertTrue(Endpoints.open(realm, key));

        // It is the one that asks at verify, too.
        setup.client("service", Map.of("enabled", false));
        Rejection.assertTellsNothing(realm.exchange(key.text("key")));
        setup.client("service", Map.of("enabled", true));

        assertTrue(Endpoints.open(realm, key));
    }

    @Test
    void aRoleThatIsTakenAwayIsMissingFromTheNextToken() {
        Answer key = key("reader");
        String owner = ownerOf(key);

        setup.grantNewRole(owner, "reports");
        assertTrue(roles(key).contains("reports"));
        setup.withdrawRole(owner, "reports");
        assertFalse(roles(key).contains("reports"));
    }

    @Test
    void aReplacedKeyEndsAtOnce() {
        Answer key = key("rotated");
        assertTrue(Endpoints.open(realm, key));

        Answer next = realm.signedIn("rotated")
                .post(realm.keys() + "/" + key.text("id") + "/rotate", Map.of("gracePeriod", "PT0S"))
                .expect(201);

        assertFalse(Endpoints.open(realm, key));
        assertTrue(Endpoints.open(realm, next));
    }

    @Test
    void theFirstUseOfASuccessorEndsWhatItReplaces() {
        Answer key = key("succeeded");
        assertTrue(Endpoints.open(realm, key));

        Answer next = realm.signedIn("succeeded")
                .post(realm.keys() + "/" + key.text("id") + "/rotate", Map.of("endOnFirstUse", true))
                .expect(201);

        assertTrue(Endpoints.open(realm, key));
        assertTrue(Endpoints.open(realm, next));
        assertFalse(Endpoints.open(realm, key));
    }

    @Test
    void aPolicyHoldsFromTheNextRequest() {
        try (RealmFixture strict = RealmFixture.create(Map.of())) {
            strict.user("alice");
            strict.createKey("alice", "before");

            strict.policy(Map.of("creation", "admins"));

            strict.signedIn("alice")
                    .post(strict.keys(), Map.of("name", "after"))
                    .expect(403);
        }
    }

    @Test
    void usesAreWritten() {
        Answer key = key("used");
        token(realm, key);

        Eventually.expect(() -> realm.master()
                .get(realm.adminKeys() + "/" + key.text("id"))
                .expect(200)
                .json()
                .hasNonNull("lastUsedAt"));
    }

    @Test
    void sessionsEndWithTheirKey() {
        try (RealmFixture online = RealmFixture.create(Map.of("latchkey.session", "online"))) {
            online.user("alice");
            Answer key = online.createKey("alice", "key");
            Answer opened = online.exchange(key.text("key")).expect(200);
            Answer refreshed = refresh(online, opened).expect(200);

            online.master().delete(online.adminKeys() + "/" + key.text("id")).expect(204);

            assertEquals("invalid_grant", refresh(online, refreshed).expect(400).text("error"));
            assertFalse(isActive(online, refreshed.text("access_token")));
        }
    }

    private Answer key(String owner) {
        realm.user(owner);
        return realm.createKey(owner, "key");
    }

    private String ownerOf(Answer key) {
        return AccessTokens.claims(token(realm, key)).path("sub").asText();
    }

    private static String token(RealmFixture realm, Answer key) {
        return realm.exchange(key.text("key")).expect(200).text("access_token");
    }

    private static boolean isActive(RealmFixture realm, String token) {
        return realm.introspect(token).expect(200).json().path("active").asBoolean();
    }

    private String roles(Answer key) {
        return AccessTokens.claims(token(realm, key)).at("/realm_access/roles").toString();
    }

    private static Answer refresh(RealmFixture realm, Answer tokens) {
        return realm.refresh("app", tokens);
    }
}
