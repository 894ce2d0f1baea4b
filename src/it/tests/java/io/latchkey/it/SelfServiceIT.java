package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.it.ApiClient.Answer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People and their own keys. */
@EveryDatabase
class SelfServiceIT {

    private static RealmFixture realm;

    private final String owner = "owner-" + UUID.randomUUID().toString().substring(0, 8);
    private String ownerId;
    private ApiClient caller;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of("latchkey.env", "live"));
    }

    @BeforeEach
    void signIn() {
        ownerId = realm.user(owner);
        caller = realm.signedIn(owner);
    }

    @Test
    void aNewKeyIsAnsweredWholeAndActive() {
        Answer made = caller.post(keys(), Map.of("name", " deploy ", "description", "From the pipeline"))
                .expect(201);

        assertTrue(made.text("key").matches("test_sk_live_[0-9A-Za-z]{50}"), made.text());
        assertTrue(made.text("key").startsWith(made.text("preview").replace("...", "")), made.text());
        assertEquals("deploy", made.text("name"));
        assertEquals("From the pipeline", made.text("description"));
        assertEquals("active", made.text("status"));
        assertTrue(made.json().path("enabled").asBoolean());
        assertEquals("user", made.json().at("/owner/type").asText());
        assertEquals(ownerId, made.json().at("/owner/id").asText());
        assertEquals(owner, made.json().at("/owner/name").asText());
        assertEquals(ownerId, made.json().at("/createdBy/id").asText());
        assertEquals(0, made.json().path("uses").asInt(-1));
    }

    @Test
    void anAnswerWithAKeyIsNeverStored() {
        Answer made = create("first");
        Answer rotated = caller.post(keys() + "/" + made.text("id") + "/rotate", Map.of())
                .expect(201);

        assertEquals("no-store", made.header("Cache-Control"));
        assertEquals("no-store", rotated.header("Cache-Control"));
    }

    @Test
    void theLocationOfANewKeyLeadsToIt() {
        Answer made = create("located");

        URI location = URI.create(made.header("Location"));

        assertEquals(keys() + "/" + made.text("id"), location.getPath());
        assertEquals(made.text("id"), caller.get(location.getPath()).expect(200).text("id"));
        assertEquals(
                made.header("ETag"), caller.get(location.getPath()).expect(200).header("ETag"));
    }

    @Test
    void theLocationOfARotatedKeyIsThatOfTheNewOne() {
        Answer made = create("moving");

        Answer rotated = caller.post(keys() + "/" + made.text("id") + "/rotate", Map.of())
                .expect(201);

        assertNotEquals(made.text("id"), rotated.text("id"));
        assertEquals(
                keys() + "/" + rotated.text("id"),
                URI.create(rotated.header("Location")).getPath());
    }

    @Test
    void onlyCreationAndRotationTellAKey() {
        Answer made = create("secretive");
        String path = keys() + "/" + made.text("id");
        String secret = made.text("key").substring(made.text("key").length() - 38);

        for (Answer answer : new Answer[] {
            caller.get(path).expect(200),
            caller.get(keys()).expect(200),
            caller.patch(path, Map.of("description", "changed")).expect(200),
            caller.put(path, Map.of("description", "again")).expect(200),
            caller.get(keys() + "/policy").expect(200),
            realm.master().get(realm.adminKeys()).expect(200)
        }) {
            assertFalse(answer.text().contains(secret.substring(0, 8)), answer::text);
            assertFalse(answer.text().contains("\"key\""), answer::text);
        }
    }

    @Test
    void theListHoldsTheCallersKeysOnlyAndTheNewestFirst() {
        Answer one = create("one");
        Answer two = create("two");
        String stranger = "stranger-" + owner;
        realm.user(stranger);
        realm.createKey(stranger, "not yours");

        Answer list = caller.get(keys()).expect(200);

        assertEquals(2, list.json().size(), list::text);
        assertEquals(
                Set.of(one.text("id"), two.text("id")),
                Set.of(list.json().at("/0/id").asText(), list.json().at("/1/id").asText()));
    }

    @Test
    void theListIsPagedAndSearched() {
        create("alpha");
        create("beta");
        create("gamma");

        assertEquals(1, caller.get(keys() + "?first=2&max=5").expect(200).json().size());
        assertEquals(2, caller.get(keys() + "?max=2").expect(200).json().size());
        assertEquals(
                "beta",
                caller.get(keys() + "?q=BET").expect(200).json().at("/0/name").asText());
        assertEquals(0, caller.get(keys() + "?q=%25").expect(200).json().size());
    }

    @Test
    void aPatchChangesWhatItNamesAndNothingElse() {
        Answer made = caller.post(keys(), Map.of("name", "patched", "description", "kept"))
                .expect(201);

        Answer changed = caller.patch(path(made), Map.of("enabled", false)).expect(200);

        assertEquals("disabled", changed.text("status"));
        assertEquals("kept", changed.text("description"));
        assertEquals(made.text("expiresAt"), changed.text("expiresAt"));
        assertNotEquals(made.header("ETag"), changed.header("ETag"));
        realm.exchange(made.text("key")).expect(400);
    }

    @Test
    void aPatchWithNullClears() {
        Answer made = caller.post(keys(), Map.of("name", "cleared", "description", "gone soon"))
                .expect(201);

        Answer changed = caller.send(
                        "PATCH",
                        path(made),
                        "application/merge-patch+json",
                        "{\"description\":null,\"expiresAt\":null}")
                .expect(200);

        assertTrue(changed.json().path("description").isNull());
        assertTrue(changed.json().path("expiresAt").isNull());
    }

    @Test
    void aStaleEntityTagStopsAPatch() {
        Answer made = create("raced");
        caller.patch(path(made), Map.of("name", "raced first")).expect(200);

        Answer late = caller.with("If-Match", made.header("ETag")).patch(path(made), Map.of("name", "raced last"));

        late.expect(412);
        assertEquals("raced first", caller.get(path(made)).expect(200).text("name"));
    }

    @Test
    void aStaleEntityTagStopsADeletion() {
        Answer made = create("kept");
        Answer changed = caller.patch(path(made), Map.of("name", "kept on")).expect(200);

        caller.with("If-Match", made.header("ETag")).delete(path(made)).expect(412);

        realm.exchange(made.text("key")).expect(200);
        caller.with("If-Match", changed.header("ETag")).delete(path(made)).expect(204);
        realm.exchange(made.text("key")).expect(400);
    }

    @Test
    void whatWasReadCanBeEditedAndSentBack() {
        Answer made = create("round");
        Answer read = caller.get(path(made)).expect(200);
        ObjectNode edited = ((ObjectNode) read.json()).put("name", "round trip");

        Answer changed = caller.with("If-Match", read.header("ETag"))
                .put(path(made), edited.toString())
                .expect(200);

        assertEquals("round trip", changed.text("name"));
        realm.exchange(made.text("key")).expect(200);
    }

    @Test
    void aUseBetweenReadingAndSendingBackIsNoConflict() {
        Answer made = create("busy");
        ObjectNode stale = ((ObjectNode) caller.get(path(made)).expect(200).json())
                .put("uses", 41)
                .put("lastUsedAt", "2026-01-01T00:00:00Z")
                .put("lastUsedIp", "192.0.2.1")
                .put("description", "edited");

        caller.put(path(made), stale.toString()).expect(200);

        Answer now = caller.get(path(made)).expect(200);
        assertEquals("edited", now.text("description"));
        assertEquals(0, now.json().path("uses").asInt(-1));
    }

    @Test
    void whatIsOnlyReadCannotBeChanged() {
        Answer made = create("fixed");
        Map<String, Object> attempts = new LinkedHashMap<>();
        attempts.put("id", "AAAAAAAAAAAA");
        attempts.put("kind", "publishable");
        attempts.put("owner", Map.of("type", "user", "id", "somebody", "name", "else"));
        attempts.put("createdAt", "2020-01-01T00:00:00Z");
        attempts.put("family", "another");
        attempts.put("preview", "test_sk_xxxxx...");

        attempts.forEach((field, value) -> {
            Answer refused = caller.patch(path(made), Map.of(field, value)).expect(400);
            assertEquals(field, refused.json().at("/errors/0/field").asText(), refused::text);
        });

        assertEquals(made.header("ETag"), caller.get(path(made)).expect(200).header("ETag"));
    }

    @Test
    void aDeletedKeyIsGoneFromTheListAndDead() {
        Answer made = create("short");

        caller.delete(path(made)).expect(204);

        assertEquals(0, caller.get(keys()).expect(200).json().size());
        assertEquals("revoked", caller.get(path(made)).expect(200).text("status"));
        realm.exchange(made.text("key")).expect(400);
        caller.delete(path(made)).expect(204);
    }

    @Test
    void anEndedKeyCannotBeRevived() {
        Answer made = create("dead");
        caller.delete(path(made)).expect(204);

        caller.patch(path(made), Map.of("enabled", true)).expect(409);

        realm.exchange(made.text("key")).expect(400);
    }

    @Test
    void thePolicyTellsTheCallerWhatIsAllowed() {
        create("counted");

        Answer policy = caller.get(keys() + "/policy").expect(200);

        assertTrue(policy.json().path("mayCreate").asBoolean(), policy::text);
        assertTrue(policy.json().path("reason").isNull(), policy::text);
        assertEquals(1, policy.json().path("keys").asInt());
        assertEquals(10, policy.json().path("maxKeys").asInt());
        assertEquals("P90D", policy.text("defaultLifetime"));
        assertEquals("never", policy.text("maxLifetime"));
        assertEquals("[\"secret\"]", policy.json().path("kinds").toString());
    }

    @Test
    void anEndIsKeptToTheMillisecond() {
        Instant end = Instant.now().plus(Duration.ofDays(3)).truncatedTo(ChronoUnit.MILLIS);

        Answer made = caller.post(keys(), Map.of("name", "ending", "expiresAt", end.toString()))
                .expect(201);

        assertEquals(end, Instant.parse(made.text("expiresAt")));
        assertEquals(end, Instant.parse(caller.get(path(made)).expect(200).text("expiresAt")));
    }

    private Answer create(String name) {
        return caller.post(keys(), Map.of("name", name)).expect(201);
    }

    private static String keys() {
        return realm.keys();
    }

    private static String path(Answer key) {
        return realm.keys() + "/" + key.text("id");
    }
}
