package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.it.ApiClient.Answer;
import io.latchkey.it.Flows.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a key must not become: an administrator, a password, or more than its administrator meant it to be. */
class BoundariesIT {

    private static RealmFixture realm;
    private static RealmSetup setup;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of());
        setup = new RealmSetup(realm);
        Flows flows = new Flows(realm);
        flows.client(
                "web",
                "browser",
                flows.flow("web", List.of(Step.alternative("auth-cookie"), Step.alternative(Flows.KEY))));
    }

    @Test
    void lightweightTokensOfAnAdministratorsKeyRegisterNoClient() {
        setup.makeRealmAdmin(realm.user("root"));
        setup.client(Map.of(
                "clientId",
                "light",
                "publicClient",
                true,
                "attributes",
                Map.of("client.use.lightweight.access.token.enabled", "true")));
        String key = realm.createKey("root", "k").text("key");

        Answer token = realm.exchange(key, Map.of("client_id", "light")).expect(200);

        ApiClient caller = realm.anyone().as(token.text("access_token"));
        String registrations = "/realms/" + realm.name() + "/clients-registrations/default";
        caller.post(registrations, Map.of("clientId", "smuggled")).expect(401);
        caller.get(registrations + "/service").expect(401);
    }

    @Test
    void aLoginByKeyStartsNoAccountAction() {
        realm.user("amy");
        String key = realm.createKey("amy", "k").text("key");

        Answer page = new Browser(realm.anyone().with("X-API-Key", key)).open(login("&kc_action=UPDATE_PASSWORD"));

        assertEquals(401, page.status());
        assertFalse(page.text().contains("password-new"));
    }

    @Test
    void aSessionOfAKeyIsNoRecentLoginForAnAccountAction() {
        realm.user("ben");
        String key = realm.createKey("ben", "k").text("key");
        Map<String, String> headers = new LinkedHashMap<>(Map.of("X-API-Key", key));
        Browser browser = new Browser(realm.anyone(), headers);
        assertFalse(Browser.parameter(browser.open(login("")), "code").isEmpty());

        headers.clear();
        Answer page = browser.open(login("&kc_action=UPDATE_PASSWORD"));

        assertFalse(page.text().contains("password-new"), page::text);
    }

    @Test
    void anOwnerCannotSwitchOnWhatAnAdministratorSwitchedOff() {
        realm.user("cleo");
        Answer key = realm.createKey("cleo", "k");
        String own = realm.keys() + "/" + key.text("id");
        realm.master()
                .patch(realm.adminKeys() + "/" + key.text("id"), Map.of("enabled", false))
                .expect(200);

        realm.signedIn("cleo").patch(own, Map.of("enabled", true)).expect(403);
        realm.signedIn("cleo").patch(own, Map.of("enabled", false)).expect(200);
        realm.signedIn("cleo").patch(own, Map.of("enabled", true)).expect(403);
        realm.exchange(key.text("key")).expect(400);

        realm.master()
                .patch(realm.adminKeys() + "/" + key.text("id"), Map.of("enabled", true))
                .expect(200);
        realm.exchange(key.text("key")).expect(200);
    }

    @Test
    void whoMayNotMakeKeysCannotMakeThemLastLonger() {
        try (RealmFixture strict = RealmFixture.create(Map.of("latchkey.creation", "admins"))) {
            String user = strict.user("dana");
            Answer key = strict.master()
                    .post(
                            strict.adminKeys(),
                            Map.of(
                                    "name", "lent",
                                    "owner", Map.of("type", "user", "id", user),
                                    "expiresAt", "2100-01-01T00:00:00Z"))
                    .expect(201);
            String own = strict.keys() + "/" + key.text("id");
            Map<String, Object> never = new LinkedHashMap<>();
            never.put("expiresAt", null);

            strict.signedIn("dana").patch(own, never).expect(403);
            strict.signedIn("dana")
                    .patch(own, Map.of("expiresAt", "2100-01-02T00:00:00Z"))
                    .expect(403);
            strict.signedIn("dana")
                    .patch(own, Map.of("expiresAt", "2099-01-01T00:00:00Z"))
                    .expect(200);
            Answer successor =
                    strict.signedIn("dana").post(own + "/rotate", Map.of()).expect(201);
            assertEquals("2099-01-01T00:00:00Z", successor.text("expiresAt"));
        }
    }

    @Test
    void aUserIsImportedWithoutItsEntries() {
        Answer created = realm.master()
                .post(
                        realm.admin("/users"),
                        Map.of(
                                "username",
                                "edna",
                                "enabled",
                                true,
                                "credentials",
                                List.of(Map.of("type", "api-key", "secretData", "{}", "credentialData", "{}"))));

        assertEquals(201, created.status(), created::text);
    }

    @Test
    void removingByRestAndInTheConsoleAtOnceLeavesNoKeyBehind() {
        String user = realm.user("fay");
        List<Answer> keys = Concurrently.run(6, i -> realm.createKey("fay", "k" + i)).stream()
                .toList();

        ApiClient owner = realm.signedIn("fay");
        ApiClient admin = realm.master();
        List<Answer> byRest = Concurrently.run(
                12,
                i -> i % 2 == 0
                        ? owner.delete(realm.keys() + "/" + keys.get(i / 2).text("id"))
                        : admin.delete(realm.admin("/users/" + user + "/credentials/"
                                + keys.get(i / 2).text("family"))));

        for (int i = 0; i < byRest.size(); i += 2) {
            byRest.get(i).expect(204);
        }
        keys.forEach(key -> realm.exchange(key.text("key")).expect(400));
        assertTrue(realm.signedIn("fay").get(realm.keys()).json().isEmpty());
    }

    private static String login(String more) {
        return "/realms/" + realm.name() + "/protocol/openid-connect/auth?client_id=web&response_type=code&scope=openid"
                + "&redirect_uri=http://localhost/cb" + more;
    }
}
