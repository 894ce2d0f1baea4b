package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.it.ApiClient.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may exchange a key, how it is presented, and which scopes it gives. */
class ExchangeIT {

    private static RealmFixture realm;
    private static RealmSetup setup;
    private static String key;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of());
        setup = new RealmSetup(realm);
        realm.user("alice");
        key = realm.createKey("alice", "key").text("key");
        setup.client(Map.of("clientId", "spa", "publicClient", true, "redirectUris", List.of("http://localhost/*")));
        setup.client(Map.of("clientId", "bearer", "bearerOnly", true));
        setup.client(Map.of("clientId", "asking", "publicClient", true, "consentRequired", true));
    }

    @Test
    void withoutAClientTheOneOfThePolicyIsUsed() {
        assertEquals("app", client(realm.exchange(key)));
    }

    @Test
    void withoutAClientAndWithoutOneInThePolicyNobodyExchangesAnything() {
        try (RealmFixture strict = RealmFixture.create(Map.of("latchkey.client", ""))) {
            strict.user("alice");
            String own = strict.createKey("alice", "key").text("key");

            Answer answer = strict.exchange(own);

            assertEquals(401, answer.status(), answer::text);
            assertEquals("invalid_client", answer.text("error"));
            assertFalse(
                    ServerLog.with("realm attribute latchkey.client is not set").isEmpty());
            strict.exchange(own, Map.of("client_id", "app")).expect(200);
        }
    }

    @Test
    void aPublicClientNamesItself() {
        assertEquals("spa", client(realm.exchange(key, Map.of("client_id", "spa"))));
    }

    @Test
    void aConfidentialClientProvesWhoItIs() {
        assertEquals("service", client(realm.exchange(key, asService())));
    }

    @Test
    void aConfidentialClientMayUseBasicAuthentication() {
        String basic = Base64.getEncoder().encodeToString(("service:" + RealmFixture.SECRET).getBytes());

        Answer answer = realm.anyone()
                .with("Authorization", "Basic " + basic)
                .with("X-API-Key", key)
                .form(realm.token(), Map.of("grant_type", RealmFixture.GRANT));

        assertEquals("service", client(answer));
    }

    @Test
    void aConfidentialClientWithAWrongSecretIsRefused() {
        assertError(
                401, "unauthorized_client", realm.exchange(key, Map.of("client_id", "service", "client_secret", "?")));
    }

    @Test
    void aConfidentialClientWithoutSecretIsRefused() {
        assertError(401, "unauthorized_client", realm.exchange(key, Map.of("client_id", "service")));
    }

    @Test
    void anUnknownClientIsRefused() {
        assertError(401, "invalid_client", realm.exchange(key, Map.of("client_id", "nobody")));
    }

    @Test
    void aBearerOnlyClientIsRefused() {
        Answer answer = realm.exchange(key, Map.of("client_id", "bearer"));

        assertTrue(answer.status() == 400 || answer.status() == 401, answer::text);
        assertFalse(answer.json().has("access_token"));
    }

    @Test
    void aClientThatNeedsConsentIsRefusedWithoutIt() {
        assertError(400, "invalid_grant", realm.exchange(key, Map.of("client_id", "asking")));
    }

    @Test
    void theKeyMayBeAFormParameter() {
        assertEquals("app", client(inForm(key)));
    }

    @Test
    void theKeyMayBeWrittenAsASecretToken() {
        assertEquals("app", client(realm.exchange("secret-token:" + key)));
        assertEquals("app", client(inForm("secret-token:" + key)));
    }

    @Test
    void aKeyInHeaderAndFormIsRefused() {
        assertError(400, "invalid_request", realm.exchange(key, Map.of("api_key", key)));
    }

    @Test
    void aRequestWithoutKeyIsRefused() {
        Answer answer = realm.anyone().form(realm.token(), Map.of("grant_type", RealmFixture.GRANT));

        assertError(400, "invalid_request", answer);
    }

    @Test
    void aRepeatedHeaderIsRefused() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(LatchkeyServer.url() + realm.token()))
                .version(HttpClient.Version.HTTP_1_1)
                .header("X-API-Key", key)
                .header("X-API-Key", "another")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=" + RealmFixture.GRANT))
                .build();

        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

        assertEquals(400, answer.statusCode(), answer::body);
        assertTrue(answer.body().contains("invalid_request"), answer::body);
    }

    @Test
    void aRepeatedParameterIsRefused() {
        String body = "grant_type=" + RealmFixture.GRANT + "&api_key=" + key + "&api_key=" + key;

        Answer answer = realm.anyone().send("POST", realm.token(), "application/x-www-form-urlencoded", body);

        assertError(400, "invalid_request", answer);
    }

    /** A header that authenticates nobody is not made good by the key beside it. */
    @Test
    void anAuthorizationHeaderIsDecidedByItsOwnRules() {
        Answer answer = realm.anyone()
                .as("junk")
                .with("X-API-Key", key)
                .form(realm.token(), Map.of("grant_type", RealmFixture.GRANT));

        assertError(401, "invalid_client", answer);
    }

    @Test
    void otherEndpointsIgnoreTheKeyBesideABearerToken() {
        Answer answer = realm.signedIn("alice").with("X-API-Key", "junk").get(realm.keys());
        Answer refused = realm.anyone().as("junk").with("X-API-Key", key).get(realm.keys());

        assertEquals(200, answer.status());
        assertEquals(401, refused.status());
    }

    @Test
    void scopeOpenidGivesAnIdTokenAndOpensUserinfo() {
        Answer answer = realm.exchange(key, Map.of("scope", "openid")).expect(200);

        assertFalse(answer.text("id_token").isEmpty());
        Answer userinfo = realm.anyone()
                .as(answer.text("access_token"))
                .get("/realms/" + realm.name() + "/protocol/openid-connect/userinfo");
        assertEquals("alice", userinfo.expect(200).text("preferred_username"));
    }

    @Test
    void withoutScopeOpenidThereIsNoIdToken() {
        assertFalse(realm.exchange(key).expect(200).json().has("id_token"));
    }

    @Test
    void anOptionalScopeIsAddedWhereAskedFor() {
        assertTrue(scopes(realm.exchange(key, Map.of("scope", "address"))).contains("address"));
        assertFalse(scopes(realm.exchange(key)).contains("address"));
    }

    @Test
    void anUnknownScopeIsRefused() {
        assertError(400, "invalid_scope", realm.exchange(key, Map.of("scope", "nonsense")));
    }

    @Test
    void offlineAccessIsRefused() {
        assertError(400, "invalid_scope", realm.exchange(key, Map.of("scope", "openid offline_access")));
    }

    @Test
    void aBadKeyIsRefusedBeforeAnythingIsSaidAboutScopes() {
        Answer answer = realm.exchange(ForgedKey.withOtherSecret(key), Map.of("scope", "nonsense"));

        Rejection.assertTellsNothing(answer);
    }

    private static Answer inForm(String presented) {
        return realm.anyone().form(realm.token(), Map.of("grant_type", RealmFixture.GRANT, "api_key", presented));
    }

    private static Map<String, String> asService() {
        return Map.of("client_id", "service", "client_secret", RealmFixture.SECRET);
    }

    private static String client(Answer answer) {
        return AccessTokens.claims(answer.expect(200)).path("azp").asText();
    }

    private static List<String> scopes(Answer answer) {
        return List.of(answer.expect(200).text("scope").split(" "));
    }

    private static void assertError(int status, String error, Answer answer) {
        assertEquals(status, answer.status(), answer::text);
        assertEquals(error, answer.text("error"));
    }
}
