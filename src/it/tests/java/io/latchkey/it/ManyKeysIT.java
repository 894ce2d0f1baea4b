package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.it.ApiClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a filter finds is found whole, however much it is: by export, import, list and bulk revocation. */
@EveryDatabase
class ManyKeysIT {

    /** More than two steps of an export, and more than any page. */
    private static final int MANY = 1130;

    private static final int OWNERS = 20;

    private RealmFixture realm;

    @BeforeEach
    void createRealm() {
        realm = RealmFixture.create(Map.of());
        realm.user("alice");
    }

    @Test
    void manyKeysAreExportedImportedListedAndRevoked() {
        for (int i = 0; i < OWNERS; i++) {
            realm.user("owner-" + i);
        }
        Instant now = Instant.now();
        List<Map<String, Object>> keys = IntStream.range(0, MANY)
                // Many of them made in the same moment.
                .mapToObj(i -> ExportedKey.of("owner-" + i % OWNERS, "key " + i, now.minusSeconds(i / 400)))
                .toList();
        importAll(keys.subList(0, 600)).expect(200);
        importAll(keys.subList(600, MANY)).expect(200);

        JsonNode exported =
                admin().get(realm.adminKeys() + "/export").expect(200).json();

        assertEquals(MANY, exported.path("count").asInt());
        assertEquals(ids(keys), ids(exported.path("keys")));
        admin().post(realm.adminKeys() + "/import", exported).expect(200);
        assertEquals(MANY, count(""));
        // As if each was made by another administrator of another realm.
        try (Database database = Database.open()) {
            database.change("update LATCHKEY_KEY set CREATED_BY = ID where PREFIX = 'test_sk_'");
        }
        JsonNode list = admin().get(realm.adminKeys() + "?max=1000").expect(200).json();
        assertEquals(1000, list.size());
        assertTrue(list.at("/0/createdBy/name").isNull(), list.path(0)::toString);

        Answer first = admin().post(realm.adminKeys() + "/revoke", Map.of("neverExpires", true))
                .expect(200);
        Answer second = admin().post(realm.adminKeys() + "/revoke", Map.of("neverExpires", true))
                .expect(200);

        assertEquals(1000, first.json().path("revoked").asInt());
        assertTrue(first.json().path("more").asBoolean());
        assertEquals(MANY - 1000, second.json().path("revoked").asInt());
        assertEquals(0, count(""));
    }

    @Test
    void importThatCannotBeWholeChangesNothing() {
        List<Map<String, Object>> keys = keys(150);
        importAll(keys.subList(149, 150)).expect(200);
        Map<String, Object> other = new HashMap<>(ExportedKey.of("alice", "other", Instant.now()));
        other.put("name", keys.get(149).get("name"));
        List<Map<String, Object>> clashing = new ArrayList<>(keys.subList(0, 149));
        clashing.add(other);

        Answer refused = importAll(clashing).expect(400);

        assertEquals("keys[149].name", refused.json().at("/errors/0/field").asText(), refused::text);
        assertEquals(1, count(""));
        assertEquals(
                "keys[1].id",
                importAll(List.of(keys.get(0), keys.get(0)))
                        .expect(400)
                        .json()
                        .at("/errors/0/field")
                        .asText());
    }

    @Test
    void hashOfAnotherSystemIsRefusedAndNamed() {
        for (int pepper : List.of(0, 1)) {
            Map<String, Object> made = ExportedKey.of("alice", "foreign", Instant.now());
            Map<String, Object> bare = new HashMap<>(made);
            bare.put("hash", Map.of("pepperVersion", pepper, "value", "a".repeat(64)));
            Map<String, Object> copied = new HashMap<>(made);
            copied.put(
                    "hash",
                    Map.of(
                            "pepperVersion", pepper,
                            "value", "a".repeat(64),
                            "checksum", ((Map<?, ?>) made.get("hash")).get("checksum")));
            for (Map<String, Object> foreign : List.of(bare, copied)) {
                Answer refused = importAll(List.of(keys(1).get(0), foreign)).expect(400);

                assertEquals(
                        "keys[1].hash", refused.json().at("/errors/0/field").asText(), refused::text);
                assertTrue(refused.text().contains(made.get("id").toString()), refused::text);
            }
        }
        assertEquals(0, count(""));
    }

    @Test
    void exportThatWasCutShortIsRefused() {
        importAll(keys(2)).expect(200);
        ObjectNode exported = (ObjectNode)
                admin().get(realm.adminKeys() + "/export").expect(200).json();
        ((ArrayNode) exported.path("keys")).remove(1);

        Answer refused = admin().post(realm.adminKeys() + "/import", exported).expect(400);

        assertEquals("count", refused.json().at("/errors/0/field").asText());
    }

    @Test
    void endAndPolicyAreFiltersOfListCountAndRevocation() {
        Instant now = Instant.now();
        String soon = key("soon", now.plus(Duration.ofDays(1)).toString());
        String late = key("late", now.plus(Duration.ofDays(60)).toString());
        Map<String, Object> never = ExportedKey.of("alice", "never", now);
        importAll(List.of(never)).expect(200);
        String endless = never.get("id").toString();
        String month = now.plus(Duration.ofDays(30)).toString();

        assertEquals(Set.of(endless), found("neverExpires=true"));
        assertEquals(Set.of(soon, late, endless), found("neverExpires=false"));
        assertEquals(Set.of(late), found("expiringAfter=" + month));
        assertEquals(Set.of(soon), found("expiringBefore=" + month));
        assertEquals(Set.of(), found("outOfPolicy=true"));
        realm.policy(Map.of("maxLifetime", "P30D"));
        assertEquals(Set.of(late, endless), found("outOfPolicy=true"));
        realm.policy(Map.of("requireIp", true));
        assertEquals(Set.of(soon, late, endless), found("outOfPolicy=true"));
        realm.policy(Map.of("kinds", List.of("publishable")));
        assertEquals(Set.of(soon, late, endless), found("outOfPolicy=true"));
        realm.policy(Map.of("maxLifetime", "P30D"));

        Answer done = admin().post(realm.adminKeys() + "/revoke", Map.of("outOfPolicy", true, "expiringAfter", month))
                .expect(200);

        assertEquals(1, done.json().path("revoked").asInt());
        assertEquals(Set.of(endless), found("outOfPolicy=true"));
        assertEquals(Set.of(soon, endless), found("max=10"));
    }

    private String key(String name, String expiresAt) {
        return admin().post(
                        realm.adminKeys(),
                        Map.of("name", name, "owner", Map.of("name", "alice"), "expiresAt", expiresAt))
                .expect(201)
                .text("id");
    }

    /** The same keys by both lists and the count. */
    private Set<String> found(String query) {
        Set<String> all =
                ids(admin().get(realm.adminKeys() + "?" + query).expect(200).json());
        assertEquals(
                all,
                ids(realm.signedIn("alice")
                        .get(realm.keys() + "?" + query)
                        .expect(200)
                        .json()));
        assertEquals(all.size(), count("?" + query));
        return all;
    }

    private int count(String query) {
        return admin().get(realm.adminKeys() + "/count" + query)
                .expect(200)
                .json()
                .path("count")
                .asInt();
    }

    private Answer importAll(List<Map<String, Object>> keys) {
        return admin().post(realm.adminKeys() + "/import", Map.of("keys", keys));
    }

    private static List<Map<String, Object>> keys(int count) {
        Instant now = Instant.now();
        return IntStream.range(0, count)
                .mapToObj(i -> ExportedKey.of("alice", "key " + i, now))
                .toList();
    }

    private static Set<String> ids(List<Map<String, Object>> keys) {
        Set<String> ids = new HashSet<>();
        keys.forEach(key -> ids.add(key.get("id").toString()));
        return ids;
    }

    private static Set<String> ids(JsonNode list) {
        Set<String> ids = new HashSet<>();
        list.forEach(key -> ids.add(key.path("id").asText()));
        assertEquals(list.size(), ids.size());
        return ids;
    }

    /** Anew for each request: a test with thousands of keys can take longer than an administrator's token lasts. */
    private ApiClient admin() {
        return realm.master();
    }
}
