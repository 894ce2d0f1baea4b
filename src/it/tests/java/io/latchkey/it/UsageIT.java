package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is known of the use of keys, once a node has written it. */
class UsageIT {

    private static RealmFixture realm;

    @BeforeAll
    static void openRealm() {
        realm = RealmFixture.create(Map.of());
    }

    @Test
    void aNewKeyWasNeverUsed() {
        realm.user("idle");

        JsonNode key = onRecord(realm.createKey("idle", "k"));

        assertTrue(key.path("lastUsedAt").isNull());
        assertTrue(key.path("lastUsedIp").isNull());
        assertEquals(0, key.path("uses").asInt());
    }

    @Test
    void usesAreCountedWithTimeAndAddress() {
        realm.user("busy");
        Answer key = realm.createKey("busy", "k");
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);

        for (int i = 0; i < 3; i++) {
            realm.exchange(key.text("key")).expect(200);
        }
        awaitUses(key, 3);

        JsonNode record = onRecord(key);
        Instant last = Instant.parse(record.path("lastUsedAt").asText());
        assertFalse(last.isBefore(before));
        assertFalse(last.isAfter(Instant.now()));
        assertEquals("127.0.0.1", record.path("lastUsedIp").asText());
    }

    @Test
    void laterUsesAddToThoseOnRecord() {
        realm.user("steady");
        Answer key = realm.createKey("steady", "k");
        realm.exchange(key.text("key")).expect(200);
        awaitUses(key, 1);
        Instant first = Instant.parse(onRecord(key).path("lastUsedAt").asText());

        realm.exchange(key.text("key")).expect(200);
        awaitUses(key, 2);

        assertTrue(Instant.parse(onRecord(key).path("lastUsedAt").asText()).isAfter(first));
    }

    @Test
    void refusedUsesAreNotCounted() {
        realm.user("refused");
        Answer key = realm.createKey("refused", "k");
        realm.exchange(WrongKeys.wrongSecret(key.text("key"))).expect(400);
        realm.exchange(key.text("key")).expect(200);

        // Both uses would be written together.
        awaitUses(key, 1);
    }

    @Test
    void aNodeWaitsForNoOtherThatWritesTheSameKey() {
        Answer busy = usedKey("busy elsewhere");
        Answer free = usedKey("free");
        try (Database otherNode = Database.open()) {
            otherNode.hold("update LATCHKEY_USE set USES = USES where KEY_ID = '" + busy.text("id") + "'");
            realm.exchange(busy.text("key")).expect(200);
            realm.exchange(free.text("key")).expect(200);

            awaitUses(free, 2);
            assertEquals(1, onRecord(busy).path("uses").asInt());
        }
        awaitUses(busy, 2);
    }

    @Test
    void theTimeOfTheLastUseNeverGoesBack() {
        Answer key = usedKey("ahead");
        Instant later = Instant.now().plusSeconds(600).truncatedTo(ChronoUnit.MILLIS);
        try (Database otherNode = Database.open()) {
            otherNode.change("update LATCHKEY_USE set LAST_USED_IP = '192.0.2.9', LAST_USED_AT = "
                    + later.toEpochMilli() + " where KEY_ID = '" + key.text("id") + "'");
        }

        realm.exchange(key.text("key")).expect(200);
        awaitUses(key, 2);

        assertEquals(later.toString(), onRecord(key).path("lastUsedAt").asText());
        assertEquals("192.0.2.9", onRecord(key).path("lastUsedIp").asText());
    }

    @Test
    void theOwnerSeesTheSame() {
        realm.user("owner");
        Answer key = realm.createKey("owner", "k");
        realm.exchange(key.text("key")).expect(200);
        awaitUses(key, 1);

        JsonNode own =
                realm.signedIn("owner").get(realm.keys()).expect(200).json().get(0);

        assertEquals(onRecord(key), own);
    }

    @Test
    void neverUsedKeysCanBeFound() {
        realm.user("tidy");
        Answer used = realm.createKey("tidy", "tidy used");
        Answer unused = realm.createKey("tidy", "tidy unused");
        realm.exchange(used.text("key")).expect(200);
        awaitUses(used, 1);

        assertEquals(List.of(unused.text("id")), found("q=tidy&neverUsed=true"));
        assertEquals(2, found("q=tidy&neverUsed=false").size());
    }

    @Test
    void keysUnusedSinceAMomentCanBeFound() {
        realm.user("gone");
        Answer used = realm.createKey("gone", "gone used");
        Answer unused = realm.createKey("gone", "gone unused");
        realm.exchange(used.text("key")).expect(200);
        awaitUses(used, 1);
        Instant last = Instant.parse(onRecord(used).path("lastUsedAt").asText());

        assertEquals(List.of(unused.text("id")), found("q=gone&unusedSince=" + last));
        assertEquals(2, found("q=gone&unusedSince=" + last.plusMillis(1)).size());
    }

    @Test
    void theCountFollowsTheFilters() {
        realm.user("counter");
        Answer used = realm.createKey("counter", "counter used");
        realm.createKey("counter", "counter unused");
        realm.exchange(used.text("key")).expect(200);
        awaitUses(used, 1);

        Answer count = realm.master()
                .get(realm.adminKeys() + "/count?q=counter&neverUsed=true")
                .expect(200);

        assertEquals(1, count.json().path("count").asInt());
    }

    /** A new user's key that was used once. */
    private static Answer usedKey(String user) {
        realm.user(user.replace(' ', '-'));
        Answer key = realm.createKey(user.replace(' ', '-'), "k");
        realm.exchange(key.text("key")).expect(200);
        awaitUses(key, 1);
        return key;
    }

    /** Fails when another number of uses is on record in the end. */
    private static void awaitUses(Answer key, int uses) {
        Eventually.expect(() -> onRecord(key).path("uses").asInt() >= uses);
        assertEquals(uses, onRecord(key).path("uses").asInt());
    }

    private static JsonNode onRecord(Answer key) {
        return realm.master()
                .get(realm.adminKeys() + "/" + key.text("id"))
                .expect(200)
                .json();
    }

    private static List<String> found(String filter) {
        List<String> ids = new ArrayList<>();
        realm.master()
                .get(realm.adminKeys() + "?max=100&" + filter)
                .expect(200)
                .json()
                .forEach(key -> ids.add(key.path("id").asText()));
        return ids;
    }
}
