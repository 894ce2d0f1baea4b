package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.it.ApiClient.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets into the self-service, with which token and from which page. */
class SelfServiceAccessIT {

    private static final String ORIGIN = "https://app.example.org";

    private static RealmFixture realm;

    private final String owner = "owner-" + UUID.randomUUID().toString().substring(0, 8);
    private String ownerId;
    private ApiClient caller;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of());
    }

    @BeforeEach
    void signIn() {
        ownerId = realm.user(owner);
        caller = realm.signedIn(owner);
    }

    @Test
    void withoutATokenNothingIsAnswered() {
        assertNobodyEnters(realm.anyone());
    }

    @Test
    void nonsenseInPlaceOfATokenIsNotAToken() {
        assertNobodyEnters(realm.anyone().as("nonsense"));
    }

    @Test
    void aKeyIsNoAccessToken() {
        String key = realm.createKey(owner, "bearer").text("key");

        assertNobodyEnters(realm.anyone().as(key));
        assertNobodyEnters(realm.anyone().with("X-API-Key", key));
    }

    @Test
    void aTokenForAnotherAudienceIsRefused() {
        client(Map.of("clientId", "narrow-" + owner, "fullScopeAllowed", false));

        assertNobodyEnters(signedInAt("narrow-" + owner));
    }

    @Test
    void aTokenOfAServiceAccountIsRefused() {
        RealmSetup roles = new RealmSetup(realm);
        String account = realm.master()
                .get(realm.admin("/clients/" + roles.idOf("service") + "/service-account-user"))
                .expect(200)
                .text("id");
        roles.give(account, "account", "manage-account");

        assertNobodyEnters(realm.anyone().as(serviceToken()));
    }

    @Test
    void aTokenMadeFromAKeyIsRefused() {
        String key = realm.createKey(owner, "climber").text("key");
        String token = realm.exchange(key).expect(200).text("access_token");

        assertNobodyEnters(realm.anyone().as(token));
        assertEquals(1, caller.get(realm.keys()).expect(200).json().size());
    }

    @Test
    void aTokenOfAnotherRealmIsRefused() {
        assertNobodyEnters(realm.master());
    }

    @Test
    void whoMayOnlyViewTheProfileReadsButDoesNotWrite() {
        Answer key = realm.createKey(owner, "read only");
        RealmSetup roles = new RealmSetup(realm);
        roles.takeDefaults(ownerId);
        roles.give(ownerId, "account", "view-profile");
        ApiClient viewer = realm.signedIn(owner);
        String path = path(key);

        assertEquals(1, viewer.get(realm.keys()).expect(200).json().size());
        viewer.get(path).expect(200);
        viewer.get(realm.keys() + "/policy").expect(200);
        viewer.post(realm.keys(), Map.of("name", "no")).expect(403);
        viewer.patch(path, Map.of("enabled", false)).expect(403);
        viewer.put(path, Map.of("enabled", false)).expect(403);
        viewer.delete(path).expect(403);
        viewer.post(path + "/rotate", Map.of()).expect(403);
        realm.exchange(key.text("key")).expect(200);
        assertEquals(1, viewer.get(realm.keys()).expect(200).json().size());
    }

    @Test
    void whoHasNoAccountRoleOfUseDoesNotEvenRead() {
        RealmSetup roles = new RealmSetup(realm);
        roles.takeDefaults(ownerId);
        roles.give(ownerId, "account", "view-applications");

        realm.signedIn(owner).get(realm.keys()).expect(403);
    }

    @Test
    void aDisabledOwnerIsRefusedWithATokenFromBefore() {
        ObjectNode user = (ObjectNode)
                realm.master().get(realm.admin("/users/" + ownerId)).expect(200).json();
        realm.master()
                .put(realm.admin("/users/" + ownerId), user.put("enabled", false))
                .expect(204);

        caller.get(realm.keys()).expect(401);
    }

    @Test
    void theKeyOfSomebodyElseDoesNotExist() {
        Answer key = realm.createKey(owner, "mine");
        String other = "other-" + owner;
        realm.user(other);

        assertNotThere(realm.signedIn(other), key.text("id"));

        realm.exchange(key.text("key")).expect(200);
        assertEquals("mine", caller.get(path(key)).expect(200).text("name"));
    }

    @Test
    void aKeyOfTheSamePersonInAnotherRealmDoesNotExist() {
        try (RealmFixture elsewhere = RealmFixture.create(Map.of())) {
            elsewhere.user(owner);
            Answer key = elsewhere.createKey(owner, "elsewhere");

            assertNotThere(caller, key.text("id"));

            elsewhere.exchange(key.text("key")).expect(200);
            realm.exchange(key.text("key")).expect(400);
        }
    }

    @Test
    void anotherCredentialIsOutOfReachAndTheFamilyIsNoId() {
        Answer key = realm.createKey(owner, "entry");
        JsonNode credentials = realm.master()
                .get(realm.admin("/users/" + ownerId + "/credentials"))
                .expect(200)
                .json();
        assertEquals(2, credentials.size(), credentials::toString);

        credentials.forEach(
                credential -> assertNotThere(caller, credential.path("id").asText()));

        realm.passwordToken(owner).expect(200);
        realm.exchange(key.text("key")).expect(200);
    }

    @Test
    void aPageOfAnAllowedOriginMayCall() {
        ApiClient page = pageOf(ORIGIN);

        Answer list = page.with("Origin", ORIGIN).get(realm.keys()).expect(200);

        assertEquals(ORIGIN, list.header("Access-Control-Allow-Origin"));
        assertEquals("true", list.header("Access-Control-Allow-Credentials"));
    }

    @Test
    void aPageOfAnotherOriginIsNotToldItMayCall() {
        ApiClient page = pageOf(ORIGIN);

        Answer list = page.with("Origin", "https://evil.example.org").get(realm.keys());

        assertEquals("", list.header("Access-Control-Allow-Origin"));
    }

    @Test
    void aPageReadsProblemsAndTheHeadersOfNewKeys() {
        ApiClient page = pageOf(ORIGIN).with("Origin", ORIGIN);

        Answer refused = page.post(realm.keys(), Map.of()).expect(400);
        Answer made = page.post(realm.keys(), Map.of("name", "from a page")).expect(201);

        assertEquals(ORIGIN, refused.header("Access-Control-Allow-Origin"));
        assertEquals(ORIGIN, made.header("Access-Control-Allow-Origin"));
        List<String> exposed =
                List.of(made.header("Access-Control-Expose-Headers").split("\\s*,\\s*"));
        assertTrue(exposed.containsAll(List.of("ETag", "Location")), exposed::toString);
    }

    @Test
    void aPreflightAllowsEveryMethodThereIs() {
        for (String path : new String[] {"", "/policy", "/AAAAAAAAAAAA", "/AAAAAAAAAAAA/rotate"}) {
            Answer preflight = realm.anyone()
                    .with("Origin", ORIGIN)
                    .with("Access-Control-Request-Method", "PATCH")
                    .send("OPTIONS", realm.keys() + path, null, null);

            assertEquals(200, preflight.status(), path);
            assertEquals(ORIGIN, preflight.header("Access-Control-Allow-Origin"));
            for (String method : new String[] {"GET", "POST", "PUT", "PATCH", "DELETE"}) {
                assertTrue(
                        preflight.header("Access-Control-Allow-Methods").contains(method),
                        preflight.headers()::toString);
            }
        }
    }

    @Test
    void aPreflightAllowsTheHeadersOfThisInterface() {
        Answer preflight = realm.anyone()
                .with("Origin", ORIGIN)
                .with("Access-Control-Request-Method", "PATCH")
                .with("Access-Control-Request-Headers", "authorization,content-type,if-match,idempotency-key")
                .send("OPTIONS", realm.keys() + "/AAAAAAAAAAAA", null, null);

        List<String> lines = preflight.headers().allValues("Access-Control-Allow-Headers");
        assertEquals(1, lines.size(), lines::toString);
        List<String> allowed = List.of(lines.get(0).toLowerCase(Locale.ROOT).split("\\s*,\\s*"));
        assertTrue(
                allowed.containsAll(List.of("authorization", "content-type", "if-match", "idempotency-key")),
                allowed::toString);
    }

    @Test
    void theLightweightTokenOfTheAccountConsoleWorks() {
        RealmSetup roles = new RealmSetup(realm);
        String console = realm.admin("/clients/" + roles.idOf("account-console"));
        ObjectNode client = (ObjectNode) realm.master().get(console).expect(200).json();
        client.put("directAccessGrantsEnabled", true);
        client.withObject("/attributes").put("client.use.lightweight.access.token.enabled", "true");
        realm.master().put(console, client).expect(204);

        ApiClient page = signedInAt("account-console");

        Answer key = page.post(realm.keys(), Map.of("name", "from the console")).expect(201);
        page.patch(path(key), Map.of("enabled", false)).expect(200);
        assertEquals(1, page.get(realm.keys()).expect(200).json().size());
        page.delete(path(key)).expect(204);
    }

    private void assertNobodyEnters(ApiClient client) {
        for (Answer answer : new Answer[] {
            client.get(realm.keys()),
            client.get(realm.keys() + "/policy"),
            client.get(realm.keys() + "/AAAAAAAAAAAA"),
            client.post(realm.keys(), Map.of("name", "intruder")),
            client.patch(realm.keys() + "/AAAAAAAAAAAA", Map.of("enabled", false)),
            client.delete(realm.keys() + "/AAAAAAAAAAAA"),
            client.post(realm.keys() + "/AAAAAAAAAAAA/rotate", Map.of())
        }) {
            answer.expect(401);
            assertEquals("Bearer", answer.header("WWW-Authenticate"));
            assertTrue(answer.header("Content-Type").startsWith("application/problem+json"));
        }
    }

    private static void assertNotThere(ApiClient client, String id) {
        String path = realm.keys() + "/" + id;
        String unknown = client.get(realm.keys() + "/AAAAAAAAAAAA").expect(404).text();
        for (Answer answer : new Answer[] {
            client.get(path),
            client.patch(path, Map.of("enabled", false)),
            client.put(path, Map.of("enabled", false)),
            client.delete(path),
            client.post(path + "/rotate", Map.of())
        }) {
            assertEquals(unknown, answer.expect(404).text());
        }
    }

    private ApiClient pageOf(String origin) {
        String clientId = "page-" + owner;
        client(Map.of("clientId", clientId, "webOrigins", List.of(origin)));
        realm.allowManagement(clientId);
        return signedInAt(clientId);
    }

    private static void client(Map<String, Object> more) {
        Map<String, Object> client = new LinkedHashMap<>(more);
        client.put("publicClient", true);
        client.put("directAccessGrantsEnabled", true);
        realm.master().post(realm.admin("/clients"), client).expect(201);
    }

    private ApiClient signedInAt(String clientId) {
        return realm.anyone()
                .as(realm.anyone()
                        .form(
                                realm.token(),
                                Map.of(
                                        "grant_type", "password",
                                        "client_id", clientId,
                                        "username", owner,
                                        "password", owner))
                        .expect(200)
                        .text("access_token"));
    }

    private static String serviceToken() {
        return realm.anyone()
                .form(
                        realm.token(),
                        Map.of(
                                "grant_type", "client_credentials",
                                "client_id", "service",
                                "client_secret", RealmFixture.SECRET))
                .expect(200)
                .text("access_token");
    }

    private static String path(Answer key) {
        return realm.keys() + "/" + key.text("id");
    }
}
