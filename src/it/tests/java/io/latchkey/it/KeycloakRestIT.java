package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.it.ApiClient.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Keys, and tokens made from them, at Keycloak's own REST. */
@EveryRelease
class KeycloakRestIT {

    private static final Map<String, String> ON = Map.of("latchkey.keycloak-rest", "true");
    private static final String REFUSED = "{\"error\":\"HTTP 401 Unauthorized\"}";

    // An upgrade to HTTP/2 would fold the second header into the first before the server sees it.
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static RealmFixture realm;
    private static RealmSetup setup;
    private static String plain;
    private static String forAccount;
    private static String forAdmin;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(ON);
        setup = new RealmSetup(realm);
        setup.makeRealmAdmin(realm.user("boss"));
        setup.client("app", Map.of("webOrigins", List.of("https://app.example.org")));
        plain = key(Map.of("name", "plain"));
        forAccount = key(Map.of("name", "account", "audiences", List.of("account")));
        forAdmin = key(Map.of("name", "admin", "audiences", List.of("realm-management")));
    }

    @Test
    void aKeyReachesWhatItNamesAndUserinfo() {
        assertEquals(List.of(200, 401, 401), doors(realm, with(plain)));
        assertEquals(List.of(200, 200, 401), doors(realm, with(forAccount)));
        assertEquals(List.of(200, 401, 200), doors(realm, with(forAdmin)));
    }

    @Test
    void aTokenReachesWhatItsKeyNamesAndUserinfo() {
        assertEquals(List.of(200, 401, 401), doors(realm, bearer(plain)));
        assertEquals(List.of(200, 200, 401), doors(realm, bearer(forAccount)));
        assertEquals(List.of(200, 401, 200), doors(realm, bearer(forAdmin)));
    }

    @Test
    void aKeyWritesAsItsOwner() {
        String name = "x".repeat(3_000_000);
        Map<String, Object> attributes = Map.of(
                "latchkey.creation", "everyone",
                "latchkey.client", "app",
                "latchkey.management-clients", "app",
                "latchkey.keycloak-rest", "true");
        Map<String, Object> more = new HashMap<>(attributes);
        more.put("long", name);

        with(forAdmin).put(realm.admin(""), Map.of("attributes", more)).expect(204);

        Answer read = realm.master().get(realm.admin(""));
        assertEquals(name, read.json().at("/attributes/long").asText());
        with(forAdmin).put(realm.admin(""), Map.of("attributes", attributes)).expect(204);
    }

    @Test
    void neitherReachesKeyManagementOrAnythingElse() {
        String all = key(Map.of("name", "all", "audiences", List.of("realm-management", "account")));
        for (ApiClient caller : List.of(with(all), bearer(all))) {
            for (String path : List.of(
                    realm.keys(),
                    realm.keys() + "/policy",
                    realm.adminKeys(),
                    realm.adminKeys() + "/policy",
                    "/admin/serverinfo",
                    "/admin/realms",
                    "/admin/realms/master/users")) {
                Answer answer = caller.get(path);
                assertEquals(401, answer.status(), () -> path + ": " + answer.text());
            }
            for (String trick :
                    List.of("/api%2Dkeys", "/%61pi-keys", "//api-keys", "/x/../api-keys", "/api-keys;a=b")) {
                int status = caller.get(realm.admin(trick)).status();
                assertTrue(status == 400 || status == 401, () -> trick + ": " + status);
            }
        }
    }

    @Test
    void withoutThePolicyNothingIsDifferent() {
        try (RealmFixture off = RealmFixture.create(Map.of())) {
            new RealmSetup(off).makeRealmAdmin(off.user("boss"));
            String key = off.signedIn("boss")
                    .post(off.keys(), Map.of("name", "k", "audiences", List.of("realm-management", "account")))
                    .expect(201)
                    .text("key");
            ApiClient nobody = off.anyone().with("Accept", "application/json");

            for (String path : paths(off)) {
                Answer expected = nobody.get(path);
                Answer answer = nobody.with("X-API-Key", key).get(path);
                assertEquals(expected.status(), answer.status(), path);
                assertEquals(expected.text(), answer.text(), path);
                assertEquals(
                        expected.headers().map().keySet(),
                        answer.headers().map().keySet(),
                        path);
            }
            String token = off.exchange(key).expect(200).text("access_token");
            assertEquals(401, off.anyone().as(token).get(off.admin("/users")).status());
            assertEquals(List.of(), new RealmSetup(off).failures());
        }
    }

    @Test
    void whatIsRefusedIsToldNothing() {
        List<String> bad = List.of("", "nonsense", ForgedKey.withOtherSecret(forAdmin), forAccount);
        for (String key : bad) {
            Answer answer = with(key).get(realm.admin("/users"));

            assertEquals(401, answer.status(), key);
            assertEquals(REFUSED, answer.text());
            assertEquals("Bearer", answer.header("WWW-Authenticate"));
            assertEquals("no-store", answer.header("Cache-Control"));
        }
    }

    @Test
    void theEventTellsWhy() {
        setup.forgetEvents();

        with(forAccount).get(realm.admin("/users")).expect(401);

        assertEquals(1, setup.failures().size());
        assertEquals(
                "keycloak-rest", setup.failures().get(0).at("/details/endpoint").asText());
        assertEquals(
                "api_key_audience_not_allowed",
                setup.failures().get(0).at("/details/reason").asText());
    }

    @Test
    void twoKeysAreNone() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(LatchkeyServer.url() + realm.admin("/users")))
                .header("X-API-Key", forAdmin)
                .header("X-API-Key", forAdmin)
                .build();

        assertEquals(401, HTTP.send(request, BodyHandlers.ofString()).statusCode());
    }

    @Test
    void authorizationDecides() {
        String token = realm.passwordToken("boss").expect(200).text("access_token");

        with("nonsense").as(token).get(realm.admin("/users")).expect(200);
        with(forAdmin).as("nonsense").get(realm.admin("/users")).expect(401);
        with(forAdmin)
                .with("Authorization", "Basic eDp5")
                .get(realm.admin("/users"))
                .expect(401);
    }

    @Test
    void theCallersAddressAndOriginCount() {
        String far = key(
                Map.of("name", "far", "audiences", List.of("realm-management"), "allowedIps", List.of("192.0.2.1")));
        String near = key(
                Map.of("name", "near", "audiences", List.of("realm-management"), "allowedIps", List.of("127.0.0.1")));
        String page = key(Map.of(
                "name", "page",
                "audiences", List.of("realm-management"),
                "allowedOrigins", List.of("https://app.example.org")));

        with(far).get(realm.admin("/users")).expect(401);
        with(far)
                .with("X-Forwarded-For", "192.0.2.1")
                .get(realm.admin("/users"))
                .expect(401);
        with(near).get(realm.admin("/users")).expect(200);
        with(page).get(realm.admin("/users")).expect(401);
        with(page)
                .with("Origin", "https://app.example.org")
                .get(realm.admin("/users"))
                .expect(200);
    }

    @Test
    void aRestrictedKeyAdministersWhatItsScopesSayAndNothingElse() {
        try (RealmFixture own =
                RealmFixture.create(Map.of("latchkey.client", "narrow", "latchkey.keycloak-rest", "true"))) {
            RestrictedAdministration.prepare(own);
            String key = RestrictedAdministration.key(own, List.of("realm-management"));
            String token = own.exchange(key).expect(200).text("access_token");

            for (ApiClient caller :
                    List.of(own.anyone().with("X-API-Key", key), own.anyone().as(token))) {
                caller.get(own.admin("/users")).expect(200);
                caller.post(own.admin("/users"), Map.of("username", "new")).expect(403);
                caller.get(own.admin("/clients")).expect(403);
                caller.put(own.admin(""), Map.of("displayName", "mine")).expect(403);
                assertTrue(caller.get(paths(own).get(0)).status() >= 401);
            }
        }
    }

    @Test
    void aKeyOfMasterReachesTheRealmsItNames() {
        try (RealmFixture other = RealmFixture.create(Map.of());
                MasterRealmKeys master = MasterRealmKeys.on(realm)) {
            ApiClient one = with(master.key(List.of(realm.name() + "-realm")));

            one.get(realm.admin("/users")).expect(200);
            one.get(other.admin("/users")).expect(401);
            one.get("/admin/realms").expect(401);
            one.get("/admin/realms/master/users").expect(401);
            ApiClient all = with(master.key(List.of("master-realm", other.name() + "-realm")));
            all.get("/admin/realms/master/users").expect(200);
            all.get(other.admin("/users")).expect(200);
            all.get("/admin/realms").expect(401);
            all.post("/admin/realms", Map.of("realm", "more")).expect(401);
            all.get(realm.admin("/users")).expect(401);
        }
    }

    @Test
    void refusalDoesNotTellThatARealmWithoutThePolicyKnowsTheKey() {
        try (RealmFixture off = RealmFixture.create(Map.of());
                MasterRealmKeys master = MasterRealmKeys.on(realm)) {
            new RealmSetup(off).makeRealmAdmin(off.user("boss"));
            String key = off.signedIn("boss")
                    .post(off.keys(), Map.of("name", "k", "audiences", List.of("realm-management")))
                    .expect(201)
                    .text("key");
            for (String refused : List.of(ForgedKey.unknown(1), key, ForgedKey.withOtherSecret(key), "nonsense")) {
                Answer answer = off.anyone().with("X-API-Key", refused).get(off.admin("/users"));

                assertEquals(401, answer.status(), refused);
                assertEquals(REFUSED, answer.text());
                assertEquals("Bearer", answer.header("WWW-Authenticate"), refused);
                assertEquals("no-store", answer.header("Cache-Control"), refused);
            }
        }
    }

    @Test
    void withoutAClientOfThePolicyThereIsNoToken() {
        try (RealmFixture own = RealmFixture.create(ON)) {
            own.user("alice");
            String key = own.createKey("alice", "key").text("key");
            new RealmSetup(own).client("app", Map.of("enabled", false));

            own.anyone().with("X-API-Key", key).get(paths(own).get(0)).expect(401);

            String reason =
                    new RealmSetup(own).failures().get(0).at("/details/reason").asText();
            assertTrue(reason.contains("client"), reason);
        }
    }

    @Test
    void manyAtOnceAreServedAwayFromTheEventLoop() {
        List<Integer> statuses = Concurrently.run(
                200,
                i -> with(i % 10 == 0 ? "nonsense" : forAdmin)
                        .get(realm.admin("/users"))
                        .status());

        for (int i = 0; i < statuses.size(); i++) {
            assertEquals(i % 10 == 0 ? 401 : 200, statuses.get(i), "request " + i);
        }
        WrittenRefusals.await(realm);
        List<String> ours = ServerLog.with("endpoint=\"keycloak-rest\"");
        assertFalse(ours.isEmpty());
        // A timer writes the events of refused keys.
        assertEquals(
                List.of(),
                ours.stream()
                        .filter(line -> !line.contains("(executor-thread-") && !line.contains("(Timer-"))
                        .toList());
        assertEquals(List.of(), ServerLog.with("io.vertx.core.impl.BlockedThreadChecker"));
    }

    @Test
    void theLinesOfTheDocumentationWork() {
        Map<String, String> variables =
                Map.of("KEYCLOAK", LatchkeyServer.url(), "REALM", realm.name(), "KEY", forAdmin);

        Answer users = CurlLine.of("keycloak-rest.md", "-s -H", "users\"").run(variables);

        assertEquals("boss", users.expect(200).json().at("/0/username").asText());
    }

    private static String key(Map<String, Object> key) {
        return realm.signedIn("boss").post(realm.keys(), key).expect(201).text("key");
    }

    private static ApiClient with(String key) {
        return realm.anyone().with("X-API-Key", key);
    }

    private static ApiClient bearer(String key) {
        return realm.anyone()
                .as(realm.exchange(key, Map.of("scope", "openid")).expect(200).text("access_token"));
    }

    private static List<String> paths(RealmFixture realm) {
        return List.of(
                "/realms/" + realm.name() + "/protocol/openid-connect/userinfo",
                "/realms/" + realm.name() + "/account",
                realm.admin("/users"));
    }

    /** Userinfo, account REST and admin REST. */
    private static List<Integer> doors(RealmFixture realm, ApiClient caller) {
        return paths(realm).stream()
                .map(path -> caller.with("Accept", "application/json").get(path).status())
                .toList();
    }
}
