package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which applications may create, rotate and loosen keys with a user's token, and what remains to the others. */
class ManagementClientsIT {

    private static RealmFixture realm;
    private static RealmSetup setup;

    private final String owner = "owner-" + UUID.randomUUID().toString().substring(0, 8);
    private String ownerId;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of("latchkey.max-keys", "100"));
        setup = new RealmSetup(realm);
        login("stranger");
        setup.client(Map.of("clientId", "api", "secret", RealmFixture.SECRET));
    }

    @BeforeEach
    void signIn() {
        ownerId = realm.user(owner);
    }

    @Test
    void aTokenOfAnotherClientCreatesAndRotatesNothing() {
        Answer key = realm.createKey(owner, "first");
        ApiClient stranger = signedInAt("stranger", owner);

        assertNotAllowed(stranger.post(realm.keys(), Map.of("name", "second")));
        assertNotAllowed(stranger.post(path(key) + "/rotate", Map.of()));

        assertEquals(1, stranger.get(realm.keys()).expect(200).json().size());
    }

    @Test
    void aTokenOfAnotherClientLoosensNothing() {
        Answer key = realm.signedIn(owner)
                .post(
                        realm.keys(),
                        Map.of(
                                "name",
                                "narrow",
                                "expiresAt",
                                "2090-01-01T00:00:00Z",
                                "audiences",
                                List.of("service"),
                                "allowedIps",
                                List.of("127.0.0.1"),
                                "allowedOrigins",
                                List.of("https://a.example"),
                                "enabled",
                                false))
                .expect(201);
        ApiClient stranger = signedInAt("stranger", owner);

        for (String change : List.of(
                "{\"enabled\":true}",
                "{\"expiresAt\":null}",
                "{\"expiresAt\":\"2091-01-01T00:00:00Z\"}",
                "{\"audiences\":[]}",
                "{\"audiences\":[\"service\",\"api\"]}",
                "{\"allowedIps\":[]}",
                "{\"allowedIps\":[\"127.0.0.1\",\"127.0.0.2\"]}",
                "{\"allowedOrigins\":[]}",
                "{\"name\":\"renamed\",\"allowedOrigins\":[\"https://a.example\",\"https://b.example\"]}")) {
            assertNotAllowed(stranger.patch(path(key), change));
            assertNotAllowed(stranger.put(path(key), change));
        }
        JsonNode now = stranger.get(path(key)).expect(200).json();
        assertEquals("narrow", now.path("name").asText());
        assertFalse(now.path("enabled").asBoolean());
        realm.signedIn(owner).patch(path(key), Map.of("enabled", true)).expect(200);
    }

    @Test
    void aFirstAudienceOpensKeycloaksOwnRestAndIsRefused() {
        Answer key = realm.createKey(owner, "open");
        ApiClient stranger = signedInAt("stranger", owner);

        assertNotAllowed(stranger.patch(path(key), Map.of("audiences", List.of("account"))));

        stranger.patch(path(key), Map.of("audiences", List.of("service"))).expect(200);
    }

    @Test
    void aTokenOfAnotherClientReadsNarrowsAndEndsKeys() {
        Answer key = realm.createKey(owner, "wide");
        ApiClient stranger = signedInAt("stranger", owner);

        stranger.get(path(key)).expect(200);
        stranger.patch(path(key), Map.of("name", "renamed", "description", "words"))
                .expect(200);
        stranger.patch(path(key), Map.of("audiences", List.of("service"), "allowedIps", List.of("127.0.0.1")))
                .expect(200);
        stranger.patch(path(key), Map.of("expiresAt", "2030-01-01T00:00:00Z")).status();
        stranger.patch(path(key), Map.of("enabled", false)).expect(200);
        stranger.delete(path(key)).expect(204);
    }

    @Test
    void theTermsNameTheReason() {
        JsonNode other = signedInAt("stranger", owner)
                .get(realm.keys() + "/policy")
                .expect(200)
                .json();
        JsonNode listed =
                realm.signedIn(owner).get(realm.keys() + "/policy").expect(200).json();

        assertEquals("client-not-allowed", other.path("reason").asText());
        assertFalse(other.path("mayCreate").asBoolean());
        assertTrue(listed.path("reason").isNull());
        assertTrue(listed.path("mayCreate").asBoolean());
    }

    @Test
    void aRealmWithoutTheAttributeAdmitsTheAccountConsoleOnly() {
        try (RealmFixture other = RealmFixture.create(Map.of("latchkey.management-clients", " "))) {
            other.user(owner);
            Map<String, ?> console = Map.of("directAccessGrantsEnabled", true);
            new RealmSetup(other).client("account-console", console);

            assertNotAllowed(other.signedIn(owner).post(other.keys(), Map.of("name", "k")));
            signedInAt(other, "account-console", owner)
                    .post(other.keys(), Map.of("name", "k"))
                    .expect(201);
        }
    }

    @Test
    void aRenamedClientStaysInTheList() {
        String before = "before-" + owner;
        login(before);
        realm.allowManagement(before);
        String after = "after-" + owner;

        setup.client(before, Map.of("clientId", after));

        assertEquals("app account-console " + after, attribute().replace("  ", " "));
        signedInAt(after, owner).post(realm.keys(), Map.of("name", "k")).expect(201);
        realm.policy(Map.of("maxKeys", 100));
    }

    @Test
    void aNewNameWithASpaceDoesNotListOtherClients() {
        String before = "before-" + owner;
        login(before);
        realm.allowManagement(before);

        setup.client(before, Map.of("clientId", "stranger " + owner));

        assertNotAllowed(signedInAt("stranger", owner).post(realm.keys(), Map.of("name", "k")));
        realm.policy(Map.of("maxKeys", 100));
    }

    @Test
    void thePolicyRefusesAClientThatIsNotThere() {
        Answer refused = realm.master()
                .put(realm.adminKeys() + "/policy", Map.of("managementClients", List.of("app", "nobody")))
                .expect(400);

        assertEquals(
                "managementClients[1]", refused.json().at("/errors/0/field").asText());
    }

    @Test
    void theNarrowRoleSufficesForKeysAndForNothingElse() {
        realm.policy(Map.of("maxKeys", 100));
        RealmSetup roles = new RealmSetup(realm);
        roles.takeDefaults(ownerId);
        roles.give(ownerId, "account", "manage-api-keys");

        ApiClient caller = realm.signedIn(owner);
        Answer key = caller.post(realm.keys(), Map.of("name", "narrow")).expect(201);

        caller.get(realm.keys()).expect(200);
        caller.get(realm.keys() + "/policy").expect(200);
        caller.patch(path(key), Map.of("enabled", false)).expect(200);
        caller.patch(path(key), Map.of("enabled", true)).expect(200);
        caller.post(path(key) + "/rotate", Map.of()).expect(201);
        caller.delete(path(key)).expect(204);
        String account = "/realms/" + realm.name() + "/account";
        ApiClient asJson = caller.with("Accept", "application/json");
        assertEquals(403, asJson.get(account).status());
        assertEquals(403, asJson.get(account + "/sessions").status());
    }

    @Test
    void theCreatorNamesTheApplication() {
        Answer own = realm.createKey(owner, "own");
        Answer given = realm.master()
                .post(realm.adminKeys(), Map.of("name", "given", "owner", Map.of("id", ownerId)))
                .expect(201);
        Answer next =
                realm.signedIn(owner).post(path(given) + "/rotate", Map.of()).expect(201);

        assertEquals("app", own.json().at("/createdBy/client").asText());
        assertEquals("admin-cli", given.json().at("/createdBy/client").asText());
        assertEquals("app", next.json().at("/createdBy/client").asText());
        Answer read = realm.signedIn(owner).get(path(own)).expect(200);
        assertEquals("app", read.json().at("/createdBy/client").asText());
    }

    private static void assertNotAllowed(Answer answer) {
        answer.expect(403);
        assertTrue(answer.text("type").endsWith("/client-not-allowed"), answer::text);
        assertTrue(answer.text("detail").contains("latchkey.management-clients"), answer::text);
    }

    private static void login(String clientId) {
        setup.client(Map.of("clientId", clientId, "publicClient", true, "directAccessGrantsEnabled", true));
    }

    private static ApiClient signedInAt(String clientId, String username) {
        return signedInAt(realm, clientId, username);
    }

    private static ApiClient signedInAt(RealmFixture realm, String clientId, String username) {
        Map<String, String> login =
                Map.of("grant_type", "password", "client_id", clientId, "username", username, "password", username);
        return realm.anyone()
                .as(realm.anyone().form(realm.token(), login).expect(200).text("access_token"));
    }

    private static String attribute() {
        return realm.master()
                .get(realm.admin(""))
                .expect(200)
                .json()
                .path("attributes")
                .path("latchkey.management-clients")
                .asText();
    }

    private static String path(Answer key) {
        return realm.keys() + "/" + key.text("id");
    }
}
