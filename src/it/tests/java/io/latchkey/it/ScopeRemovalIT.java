package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.it.ApiClient.Answer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a scope or an API goes, no key reaches further than before; when it is called otherwise, nothing happens. */
@EveryDatabase
class ScopeRemovalIT {

    private static RealmFixture realm;
    private static RealmSetup setup;

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final String first = "first-" + suffix;
    private final String second = "second-" + suffix;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of("latchkey.max-keys", "100"));
        setup = new RealmSetup(realm);
        realm.user("alice");
    }

    @BeforeEach
    void prepare() {
        setup.forgetEvents();
    }

    @Test
    void aScopeThatIsRemovedIsTakenOffItsKeys() {
        String gone = scope(first);
        scope(second);
        Answer key = create(Map.of("scopes", List.of(first, second)));

        realm.master().delete(gone).expect(204);

        Answer now = read(key);
        assertEquals(List.of(second), texts(now, "scopes"));
        assertEquals("active", now.text("status"));
        assertNotEquals(key.header("ETag"), now.header("ETag"));
        JsonNode event = realm.master()
                .get(realm.admin("/events?type=UPDATE_CREDENTIAL"))
                .expect(200)
                .json()
                .path(0);
        assertEquals("update", event.at("/details/action").asText());
        assertEquals(key.text("id"), event.at("/details/credential_id").asText());
    }

    @Test
    void anApiThatIsRemovedIsTakenOffItsKeys() {
        String gone = api(first);
        api(second);
        Answer key = create(Map.of("audiences", List.of(first, second)));

        realm.master().delete(gone).expect(204);

        Answer now = read(key);
        assertEquals(List.of(second), texts(now, "audiences"));
        assertEquals("active", now.text("status"));
    }

    @Test
    void aKeyWhoseLastScopeGoesIsRevoked() {
        String gone = scope(first);
        Answer key = create(Map.of("scopes", List.of(first)));
        Answer other = create(Map.of("name", "other"));

        realm.master().delete(gone).expect(204);

        assertRevoked(key);
        assertEquals("active", read(other).text("status"));
    }

    @Test
    void aKeyWhoseLastApiGoesIsRevokedEvenIfItHasScopes() {
        String gone = api(first);
        scope(second);
        Answer key = create(Map.of("audiences", List.of(first), "scopes", List.of(second)));

        realm.master().delete(gone).expect(204);

        assertRevoked(key);
    }

    @Test
    void aKeyThatIsSwitchedOffIsRevokedToo() {
        String gone = scope(first);
        Answer key = create(Map.of("scopes", List.of(first), "enabled", false));

        realm.master().delete(gone).expect(204);

        assertRevoked(key);
        realm.master()
                .patch(path(key), Map.of("enabled", true, "scopes", List.of()))
                .expect(409);
    }

    @Test
    void anotherScopeOfTheSameNameIsAnotherOne() {
        String gone = scope(first);
        scope(second);
        Answer key = create(Map.of("scopes", List.of(first, second)));

        realm.master().delete(gone).expect(204);
        scope(first);

        assertEquals(List.of(second), texts(read(key), "scopes"));
    }

    @Test
    void renamingChangesNothing() {
        String scope = scope(first);
        String api = api(second);
        Answer key = create(Map.of("scopes", List.of(first), "audiences", List.of(second)));

        rename(scope, "name", "new-" + first);
        rename(api, "clientId", "new-" + second);

        Answer now = read(key);
        assertEquals(List.of("new-" + first), texts(now, "scopes"));
        assertEquals(List.of("new-" + second), texts(now, "audiences"));
        assertEquals("active", now.text("status"));
        assertEquals(key.header("ETag"), now.header("ETag"));
        realm.master().put(path(key), now.json()).expect(200);
    }

    @Test
    void targetsOfAKeyFollowCreationUpdateRotationImportAndPurge() {
        String scope = id(scope(first));
        String api = id(api(second));
        Answer key = create(Map.of("scopes", List.of(first), "audiences", List.of(second)));
        assertEquals(List.of("api " + api, "scope " + scope), targets(key.text("id")));

        String successor =
                realm.master().post(path(key) + "/rotate", Map.of()).expect(201).text("id");
        assertEquals(List.of("api " + api, "scope " + scope), targets(successor));

        realm.master().patch(path(key), Map.of("scopes", List.of())).expect(200);
        assertEquals(List.of("api " + api), targets(key.text("id")));

        Map<String, Object> imported = new LinkedHashMap<>(ExportedKey.of("alice", "i-" + suffix, Instant.now()));
        imported.putAll(Map.of("scopes", List.of(first), "audiences", List.of(second)));
        String id = imported.get("id").toString();
        realm.master()
                .post(realm.adminKeys() + "/import", Map.of("keys", List.of(imported)))
                .expect(200);
        assertEquals(List.of("api " + api, "scope " + scope), targets(id));

        try (Database database = Database.open()) {
            database.change("update LATCHKEY_KEY set EXPIRES_AT = 1, ENDS_AT = 1 where ID = '" + id + "'");
            Eventually.expect(() -> !database.has("LATCHKEY_KEY", "ID", id));
        }
        assertEquals(List.of(), targets(id));
    }

    private static List<String> targets(String keyId) {
        try (Database database = Database.open()) {
            return database.rows("LATCHKEY_KEY_TARGET").stream()
                    .filter(row -> keyId.equals(row.get("KEY_ID")))
                    .map(row -> row.get("KIND") + " " + row.get("TARGET_ID"))
                    .sorted()
                    .toList();
        }
    }

    private static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Test
    void aRealmWithRestrictedKeysGoesAsAWhole() {
        try (RealmFixture doomed = RealmFixture.create(Map.of())) {
            doomed.user("alice");
            doomed.policy(Map.of("scopes", List.of("email")));
            Answer key = doomed.signedIn("alice")
                    .post(
                            doomed.keys(),
                            Map.of("name", "k", "scopes", List.of("email"), "audiences", List.of("service")))
                    .expect(201);

            doomed.master().delete(doomed.admin("")).expect(204);

            try (Database database = Database.open()) {
                assertFalse(database.has("LATCHKEY_KEY", "ID", key.text("id")));
                String owner = key.json().at("/owner/id").asText();
                assertFalse(database.has("LATCHKEY_OWNER", "OWNER_ID", owner));
            }
            assertEquals(List.of(), targets(key.text("id")));
        }
    }

    private static void assertRevoked(Answer key) {
        assertEquals("revoked", read(key).text("status"));
        JsonNode event = realm.master()
                .get(realm.admin("/events?type=REMOVE_CREDENTIAL"))
                .expect(200)
                .json()
                .path(0);
        assertEquals("restriction_removed", event.at("/details/reason").asText());
        assertEquals(key.text("id"), event.at("/details/credential_id").asText());
    }

    /** Where the new scope is. */
    private static String scope(String name) {
        return created("/client-scopes", Map.of("name", name, "protocol", "openid-connect"));
    }

    /** Where the new client is. */
    private static String api(String clientId) {
        return created("/clients", Map.of("clientId", clientId));
    }

    private static String created(String path, Map<String, ?> body) {
        String location =
                realm.master().post(realm.admin(path), body).expect(201).header("Location");
        return realm.admin(path) + location.substring(location.lastIndexOf('/'));
    }

    private static void rename(String path, String field, String name) {
        ObjectNode body = (ObjectNode) realm.master().get(path).expect(200).json();
        realm.master().put(path, body.put(field, name)).expect(204);
    }

    private Answer create(Map<String, ?> more) {
        Map<String, Object> draft =
                new LinkedHashMap<>(Map.of("name", "k-" + suffix, "owner", Map.of("name", "alice")));
        more.forEach((field, value) -> draft.put(field, field.equals("name") ? value + suffix : value));
        return realm.master().post(realm.adminKeys(), draft).expect(201);
    }

    private static Answer read(Answer key) {
        return realm.master().get(path(key)).expect(200);
    }

    private static String path(Answer key) {
        return realm.adminKeys() + "/" + key.text("id");
    }

    private static List<String> texts(Answer key, String field) {
        List<String> texts = new java.util.ArrayList<>();
        key.json().path(field).forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
