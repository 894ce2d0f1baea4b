package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.it.ApiClient.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keys move between realms and installations by their hashes, and nothing that has ended comes back to life. */
@EveryDatabase
class ExportImportIT {

    @Test
    void anExportedKeyWorksWhereItIsImported() {
        try (RealmFixture from = RealmFixture.create(Map.of())) {
            from.user("amy");
            Answer key = from.createKey("amy", "k");
            JsonNode exported = export(from);
            assertFalse(exported.toString().contains(key.text("key")));
            from.master().delete(from.admin("")).expect(204);

            try (RealmFixture to = RealmFixture.create(Map.of())) {
                to.user("amy");
                Answer imported =
                        to.master().post(to.adminKeys() + "/import", exported).expect(200);

                assertEquals(1, imported.json().path("imported").asInt());
                to.exchange(key.text("key")).expect(200);
                to.master().post(to.adminKeys() + "/import", exported).expect(200);
                assertEquals(1, to.signedIn("amy").get(to.keys()).json().size());
            }
        }
    }

    @Test
    void aKeyThatWasInUseWorksInTheRealmItMovedTo() {
        try (RealmFixture from = RealmFixture.create(Map.of());
                RealmFixture to = RealmFixture.create(Map.of())) {
            from.user("ida");
            to.user("ida");
            Answer key = from.createKey("ida", "k");
            from.exchange(key.text("key")).expect(200);
            JsonNode exported = export(from);
            from.master().delete(from.admin("")).expect(204);

            to.master().post(to.adminKeys() + "/import", exported).expect(200);

            to.exchange(key.text("key")).expect(200);
        }
    }

    @Test
    void aReplacedKeyKeepsTheEndOfItsOverlap() {
        try (RealmFixture from = RealmFixture.create(Map.of())) {
            from.user("ben");
            Answer old = from.createKey("ben", "k");
            from.signedIn("ben")
                    .post(from.keys() + "/" + old.text("id") + "/rotate", Map.of("gracePeriod", "PT1H"))
                    .expect(201);
            String grace =
                    from.signedIn("ben").get(from.keys() + "/" + old.text("id")).text("graceUntil");

            for (JsonNode key : export(from).path("keys")) {
                if (key.path("id").asText().equals(old.text("id"))) {
                    assertEquals(grace, key.path("expiresAt").asText());
                }
            }
        }
    }

    @Test
    void restrictionsTravelByName() {
        Map<String, Object> limits = Map.of(
                "scopes", List.of("email", "openid"),
                "audiences", List.of("service"),
                "allowedIps", List.of("127.0.0.1", "2001:db8::/32"),
                "allowedOrigins", List.of("https://a.example"));
        try (RealmFixture from = RealmFixture.create(Map.of("latchkey.scopes", "email openid"))) {
            from.user("fay");
            Map<String, Object> draft = new LinkedHashMap<>(limits);
            draft.put("name", "k");
            Answer key = from.signedIn("fay").post(from.keys(), draft).expect(201);
            JsonNode exported = export(from);
            from.master().delete(from.admin("")).expect(204);

            // The policy there is for new keys.
            try (RealmFixture to = RealmFixture.create(Map.of())) {
                to.user("fay");
                to.master().post(to.adminKeys() + "/import", exported).expect(200);

                JsonNode imported = to.signedIn("fay")
                        .get(to.keys() + "/" + key.text("id"))
                        .expect(200)
                        .json();
                limits.keySet().forEach(field -> assertEquals(key.json().path(field), imported.path(field), field));
            }
        }
    }

    @Test
    void aKeyIsNotImportedWithFewerRestrictions() {
        try (RealmFixture from = RealmFixture.create(Map.of())) {
            from.user("gus");
            from.master()
                    .post(
                            from.adminKeys(),
                            Map.of("name", "k", "owner", Map.of("name", "gus"), "scopes", List.of("email")))
                    .expect(201);
            ObjectNode exported = (ObjectNode) export(from);
            ObjectNode key = (ObjectNode) exported.at("/keys/0");
            from.master().delete(from.admin("")).expect(204);

            try (RealmFixture to = RealmFixture.create(Map.of())) {
                to.user("gus");
                key.putArray("scopes").add("email").add("only-there");
                assertNames("keys[0].scopes", to, exported);
                key.putArray("scopes");
                key.putArray("audiences").add("only-there");
                assertNames("keys[0].audiences", to, exported);
                key.putArray("audiences");
                key.putArray("allowedIps").add("10.0.0.1/8");
                assertNames("keys[0].allowedIps[0]", to, exported);
            }
        }
    }

    @Test
    void aPublishableKeyTravelsWithItsOrigins() {
        try (RealmFixture from = RealmFixture.create(Map.of("latchkey.kinds", "publishable"))) {
            from.user("hal");
            from.signedIn("hal")
                    .post(
                            from.keys(),
                            Map.of("name", "p", "kind", "publishable", "allowedOrigins", List.of("https://a.example")))
                    .expect(201);
            ObjectNode exported = (ObjectNode) export(from);
            from.master().delete(from.admin("")).expect(204);

            try (RealmFixture to = RealmFixture.create(Map.of())) {
                to.user("hal");
                ObjectNode bare = exported.deepCopy();
                ((ObjectNode) bare.at("/keys/0")).putArray("allowedOrigins");
                assertNames("keys[0].allowedOrigins", to, bare);

                to.master().post(to.adminKeys() + "/import", exported).expect(200);

                JsonNode imported = to.signedIn("hal").get(to.keys()).json().path(0);
                assertEquals("publishable", imported.path("kind").asText());
                assertEquals(
                        "https://a.example", imported.at("/allowedOrigins/0").asText());
            }
        }
    }

    private static void assertNames(String field, RealmFixture realm, JsonNode document) {
        Answer refused =
                realm.master().post(realm.adminKeys() + "/import", document).expect(400);
        assertEquals(field, refused.json().at("/errors/0/field").asText(), refused::text);
    }

    @Test
    void revokedKeysAreNotExported() {
        try (RealmFixture from = RealmFixture.create(Map.of())) {
            from.user("cleo");
            Answer key = from.createKey("cleo", "k");
            from.signedIn("cleo").delete(from.keys() + "/" + key.text("id")).expect(204);

            assertTrue(export(from).path("keys").isEmpty());
            from.master().get(from.adminKeys() + "/export?status=revoked").expect(400);
        }
    }

    @Test
    void oneWrongKeyImportsNone() {
        try (RealmFixture from = RealmFixture.create(Map.of())) {
            from.user("dana");
            from.createKey("dana", "one");
            from.createKey("dana", "two");
            JsonNode exported = export(from);
            ((ObjectNode) exported.path("keys").get(1)).put("name", "a\u0001b");
            from.master().delete(from.admin("")).expect(204);

            try (RealmFixture to = RealmFixture.create(Map.of())) {
                to.user("dana");
                Answer refused =
                        to.master().post(to.adminKeys() + "/import", exported).expect(400);

                assertEquals(
                        "keys[1].name", refused.json().at("/errors/0/field").asText());
                assertTrue(to.signedIn("dana").get(to.keys()).json().isEmpty());
            }
        }
    }

    @Test
    void onlyWhoMayBecomeAnybodyMovesKeys() {
        try (RealmFixture from = RealmFixture.create(Map.of())) {
            from.user("edna");

            from.signedIn("edna").get(from.adminKeys() + "/export").expect(403);
            from.signedIn("edna")
                    .post(from.adminKeys() + "/import", Map.of("keys", List.of()))
                    .expect(403);
        }
    }

    private static JsonNode export(RealmFixture realm) {
        return realm.master().get(realm.adminKeys() + "/export").expect(200).json();
    }
}
