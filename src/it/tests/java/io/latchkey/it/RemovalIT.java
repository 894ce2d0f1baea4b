package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.it.ApiClient.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys go with what they belong to, and stay when it is only called otherwise. */
@EveryDatabase
class RemovalIT {

    private static final List<String> TABLES = List.of(
            "LATCHKEY_KEY",
            "LATCHKEY_KEY_TARGET",
            "LATCHKEY_OWNER",
            "LATCHKEY_USE",
            "LATCHKEY_USE_HOUR",
            "LATCHKEY_SETTING");

    private RealmFixture realm;

    @BeforeEach
    void openRealm() {
        realm = RealmFixture.create(Map.of());
    }

    @Test
    void aDeletedUserLeavesNothing() {
        String user = realm.user("leaver");
        realm.user("stayer");
        Answer key = usedKey(realm.createKey("leaver", "k"));
        Answer other = realm.createKey("stayer", "k");

        realm.master().delete(realm.admin("/users/" + user)).expect(204);

        realm.exchange(key.text("key")).expect(400);
        realm.master().get(realm.adminKeys() + "/" + key.text("id")).expect(404);
        assertGone(key.text("id"), user);
        realm.exchange(other.text("key")).expect(200);
    }

    /** Before the first key of an owner, and between others. */
    @ParameterizedTest
    @ValueSource(ints = {0, 0, 0, 1, 3, 5})
    void keysCreatedDuringTheRemovalOfTheirOwnerGoWithIt(int keysBefore) {
        realm.policy(Map.of("maxKeys", 1000));
        String user = realm.user("racer");
        ApiClient owner = realm.signedIn("racer");
        CountDownLatch before = new CountDownLatch(keysBefore);
        AtomicBoolean removed = new AtomicBoolean();

        Concurrently.run(9, i -> {
            if (i == 8) {
                await(before);
                realm.master().delete(realm.admin("/users/" + user)).expect(204);
                removed.set(true);
            }
            for (int made = 0; made < 20 && !removed.get(); made++) {
                createFor(owner, user, i + " " + made, i % 2 == 0);
                before.countDown();
            }
            return i;
        });

        assertGone(user);
    }

    private void createFor(ApiClient owner, String user, String name, boolean byAdministrator) {
        Answer answer = byAdministrator
                ? realm.master().post(realm.adminKeys(), Map.of("name", name, "owner", Map.of("id", user)))
                : owner.post(realm.keys(), Map.of("name", name));
        assertTrue(answer.status() < 500, answer::text);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void administratorsEndKeysWhoseOwnerHasAFederationThatIsGone() {
        String user = realm.user("linked");
        Answer key = realm.createKey("linked", "k");
        try (Database database = Database.open()) {
            database.change("update USER_ENTITY set FEDERATION_LINK = 'gone' where ID = '" + user + "'");
        }
        realm.master().post(realm.admin("/clear-user-cache"), Map.of()).expect(204);
        String path = realm.adminKeys() + "/" + key.text("id");

        assertEquals("active", realm.master().get(path).expect(200).text("status"));
        realm.master().delete(path).expect(204);

        assertEquals("revoked", realm.master().get(path).expect(200).text("status"));
        realm.exchange(key.text("key")).expect(400);
    }

    @Test
    void aUserCreatedAgainUnderTheNameGetsNoKeys() {
        String user = realm.user("phoenix");
        Answer key = realm.createKey("phoenix", "k");

        realm.master().delete(realm.admin("/users/" + user)).expect(204);
        realm.user("phoenix");

        realm.exchange(key.text("key")).expect(400);
        assertEquals(
                0,
                realm.signedIn("phoenix").get(realm.keys()).expect(200).json().size());
    }

    @Test
    void aDeletedClientTakesTheKeysOfItsServiceAccount() {
        Answer key = usedKey(serviceKey());
        String client = key.json().at("/owner/id").asText();
        String account = realm.master()
                .get(realm.admin("/clients/" + client + "/service-account-user"))
                .expect(200)
                .text("id");

        realm.master().delete(realm.admin("/clients/" + client)).expect(204);

        realm.exchange(key.text("key")).expect(400);
        realm.master().get(realm.adminKeys() + "/" + key.text("id")).expect(404);
        assertGone(key.text("id"), account);
    }

    @Test
    void aServiceAccountSwitchedOffEndsItsKeys() {
        Answer key = serviceKey();
        ObjectNode client = client(key);

        realm.master()
                .put(realm.admin("/clients/" + client.path("id").asText()), client.put("serviceAccountsEnabled", false))
                .expect(204);

        realm.exchange(key.text("key")).expect(400);
    }

    @Test
    void aDeletedRealmLeavesNothing() {
        String user = realm.user("inhabitant");
        Answer key = usedKey(realm.createKey("inhabitant", "k"));
        String id = realm.master().get(realm.admin("")).expect(200).text("id");
        Answer service = serviceKey();

        realm.master().delete(realm.admin("")).expect(204);

        realm.exchange(key.text("key")).expect(404);
        assertGone(key.text("id"), user);
        assertGone(service.text("id"), id);
    }

    @Test
    void partialImportWithOverwriteEndsTheKeysOfWhatItReplaces() {
        String user = realm.user("replaced");
        Answer key = usedKey(realm.createKey("replaced", "k"));
        Answer service = usedKey(serviceKey());
        String account = service.json().at("/owner/id").asText();
        Map<String, Object> document = Map.of(
                "users", List.of(Map.of("username", "replaced", "enabled", true)),
                "clients",
                        List.of(Map.of(
                                "clientId", "service", "secret", RealmFixture.SECRET, "serviceAccountsEnabled", true)));

        partialImport(document, "SKIP");
        realm.exchange(key.text("key")).expect(200);
        realm.exchange(service.text("key")).expect(200);
        Object exported = realm.master()
                .get(realm.adminKeys() + "/export?owner=" + user)
                .expect(200)
                .json();
        partialImport(document, "OVERWRITE");

        realm.exchange(key.text("key")).expect(400);
        realm.exchange(service.text("key")).expect(400);
        realm.master().get(realm.adminKeys() + "/" + key.text("id")).expect(404);
        realm.master().get(realm.adminKeys() + "/" + service.text("id")).expect(404);
        assertGone(key.text("id"), user);
        assertGone(service.text("id"), account);
        realm.master().post(realm.adminKeys() + "/import", exported).expect(200);
        realm.exchange(key.text("key")).expect(200);
    }

    private void partialImport(Map<String, Object> document, String ifResourceExists) {
        Map<String, Object> request = new HashMap<>(document);
        request.put("ifResourceExists", ifResourceExists);
        realm.master().post(realm.admin("/partialImport"), request).expect(200);
    }

    @Test
    void aRenamedUserKeepsTheKeys() {
        String user = realm.user("maiden");
        Answer key = realm.createKey("maiden", "k");
        realm.master().put(realm.admin(""), Map.of("editUsernameAllowed", true)).expect(204);

        realm.master()
                .put(realm.admin("/users/" + user), Map.of("username", "married", "email", "new@example.org"))
                .expect(204);

        realm.exchange(key.text("key")).expect(200);
        assertEquals(
                "married", admins(realm.name(), key).json().at("/owner/name").asText());
    }

    @Test
    void aRenamedClientKeepsTheKeys() {
        Answer key = serviceKey();
        ObjectNode client = client(key);

        realm.master()
                .put(realm.admin("/clients/" + client.path("id").asText()), client.put("clientId", "renamed"))
                .expect(204);

        realm.exchange(key.text("key")).expect(200);
        assertEquals(
                "renamed", admins(realm.name(), key).json().at("/owner/name").asText());
    }

    @Test
    void aRenamedRealmKeepsTheKeys() {
        realm.user("citizen");
        Answer key = realm.createKey("citizen", "k");
        String other = realm.name() + "-renamed";
        realm.master().put(realm.admin(""), Map.of("realm", other)).expect(204);
        try {
            realm.anyone()
                    .with("X-API-Key", key.text("key"))
                    .form(
                            "/realms/" + other + "/protocol/openid-connect/token",
                            Map.of("grant_type", RealmFixture.GRANT))
                    .expect(200);
            assertEquals("k", admins(other, key).text("name"));
            assertNotEquals(200, realm.exchange(key.text("key")).status());
        } finally {
            realm.master()
                    .put("/admin/realms/" + other, Map.of("realm", realm.name()))
                    .expect(204);
        }
    }

    private Answer serviceKey() {
        return realm.master()
                .post(
                        realm.adminKeys(),
                        Map.of("name", "machine", "owner", Map.of("type", "service-account", "name", "service")))
                .expect(201);
    }

    /** That key, once its use is on record: it then has a row in every table. */
    private Answer usedKey(Answer key) {
        realm.exchange(key.text("key")).expect(200);
        Eventually.expect(() -> admins(realm.name(), key).json().path("uses").asInt() == 1);
        return key;
    }

    private ObjectNode client(Answer key) {
        return (ObjectNode) realm.master()
                .get(realm.admin("/clients/" + key.json().at("/owner/id").asText()))
                .expect(200)
                .json();
    }

    private Answer admins(String realmName, Answer key) {
        return realm.master()
                .get("/admin/realms/" + realmName + "/api-keys/" + key.text("id"))
                .expect(200);
    }

    /** No row of ours mentions any of these. */
    private static void assertGone(String... ids) {
        try (Database database = Database.open()) {
            for (String table : TABLES) {
                for (Map<String, String> row : database.rows(table)) {
                    for (String id : ids) {
                        if (row.containsValue(id)) {
                            throw new AssertionError(table + " still has " + row);
                        }
                    }
                }
            }
        }
    }
}
