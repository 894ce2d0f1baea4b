package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.it.ApiClient.Answer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An administrator who has found a key, or its hash, learns whose it is. */
class KeyLookupIT {

    private static RealmFixture realm;
    private static Answer key;

    private ApiClient admin;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of());
        realm.user("alice");
        key = realm.createKey("alice", "found");
    }

    @BeforeEach
    void prepare() {
        admin = realm.master();
    }

    @Test
    void lookupByKeyAnswersLikeARead() {
        Answer read = admin.get(realm.adminKeys() + "/" + key.text("id")).expect(200);

        for (String text : new String[] {key.text("key"), "secret-token:" + key.text("key"), key.text("key") + "\n"}) {
            Answer found = lookup(Map.of("key", text)).expect(200);

            assertEquals(read.json(), found.json());
            assertEquals(read.header("ETag"), found.header("ETag"));
            assertEquals("no-store", found.header("Cache-Control"));
            assertFalse(found.text().contains(WrongKeys.secretPart(key.text("key"))));
        }
    }

    @Test
    void lookupByHashFindsTheKeyOfTheExport() {
        String hash = admin.get(realm.adminKeys() + "/export?q=" + key.text("id"))
                .expect(200)
                .json()
                .at("/keys/0/hash/value")
                .asText();

        assertEquals(key.text("id"), lookup(Map.of("hash", hash)).expect(200).text("id"));
        assertEquals(
                key.text("id"),
                lookup(Map.of("hash", hash.toUpperCase(Locale.ROOT)))
                        .expect(200)
                        .text("id"));
    }

    @Test
    void lookupFindsARevokedKeyAndRecordsNoUse() {
        Answer ended = realm.createKey("alice", "ended");
        admin.delete(realm.adminKeys() + "/" + ended.text("id")).expect(204);

        Answer found = lookup(Map.of("key", ended.text("key"))).expect(200);

        assertEquals("revoked", found.text("status"));
        assertEquals(0, found.json().path("uses").asInt());
    }

    @Test
    void lookupOfWhatIsNoKeyHereIs404() {
        try (RealmFixture elsewhere = RealmFixture.create(Map.of())) {
            elsewhere.user("bob");
            String foreign = elsewhere.createKey("bob", "foreign").text("key");
            String text = key.text("key");
            for (String unknown :
                    new String[] {foreign, WrongKeys.wrongSecret(text), text + "x", text.substring(1), "no key"}) {
                Answer none = lookup(Map.of("key", unknown)).expect(404);
                assertTrue(none.header("Content-Type").startsWith("application/problem+json"), none::toString);
                assertEquals("The realm has no key with this text.", none.text("detail"));
            }
            assertEquals(
                    "The realm has no key with this hash.",
                    lookup(Map.of("hash", "0".repeat(64))).expect(404).text("detail"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                              | key",
                "{\"key\":\"a\",\"hash\":\"0\"}   | hash",
                "{\"key\":7}                     | key",
                "{\"key\":null}                  | key",
                "{\"hash\":\"abc\"}              | hash",
                "{\"id\":\"AAAAAAAAAAAA\"}       | id",
                "[]                              | body"
            })
    void lookupByIsRefused(String body, String field) {
        Answer refused = admin.post(realm.adminKeys() + "/lookup", body).expect(400);

        assertTrue(refused.json().path("errors").findValuesAsText("field").contains(field), refused::text);
    }

    @Test
    void lookupByKeyAndHashIsRefused() {
        Map<String, Object> both = new HashMap<>(Map.of("key", key.text("key")));
        both.put("hash", "0".repeat(64));

        lookup(both).expect(400);
    }

    @ParameterizedTest
    @CsvSource({"view-users, 200, 404", "view-clients, 403, 403", "view-events, 403, 403"})
    void lookupNeedsThePermissionOfARead(String role, int known, int unknown) {
        String name = "admin-" + role;
        new RealmSetup(realm).give(realm.user(name), "realm-management", role);
        ApiClient caller = realm.signedIn(name);

        Answer found = caller.post(realm.adminKeys() + "/lookup", Map.of("key", key.text("key")));
        Answer none = caller.post(realm.adminKeys() + "/lookup", Map.of("key", "nothing"));

        assertEquals(caller.get(realm.adminKeys() + "/" + key.text("id")).status(), found.status());
        found.expect(known);
        none.expect(unknown);
        if (known == unknown) {
            assertEquals(none.text(), found.text());
        }
    }

    private Answer lookup(Map<String, ?> body) {
        return admin.post(realm.adminKeys() + "/lookup", body);
    }
}
