package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key as the subject token of Keycloak's own token exchange. */
@EveryRelease
class TokenExchangeIT {

    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

    private static RealmFixture realm;
    private static RealmSetup setup;
    private static String owner;
    private static Answer key;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of());
        setup = new RealmSetup(realm);
        owner = realm.user("alice");
        setup.client(Map.of(
                "clientId",
                "exchanger",
                "secret",
                RealmFixture.SECRET,
                "attributes",
                Map.of("standard.token.exchange.enabled", "true")));
        setup.audience("exchanger", "service");
        setup.audience("app", "exchanger");
        key = realm.createKey("alice", "key");
    }

    @Test
    void theAnswerIsThatOfTheGrantWithTheTypeOfTheToken() {
        Answer answer = exchange(key.text("key"), Map.of()).expect(200);

        assertEquals(ACCESS_TOKEN, answer.text("issued_token_type"));
        assertEquals("Bearer", answer.text("token_type"));
        assertFalse(answer.json().has("refresh_token"), answer::text);
        JsonNode claims = AccessTokens.claims(answer);
        assertEquals(owner, claims.path("sub").asText());
        assertEquals("exchanger", claims.path("azp").asText());
        assertEquals(key.text("id"), claims.path("api_key_id").asText());
        assertTrue(claims.path("jti").asText().startsWith("ak:" + key.text("id"), 4), claims::toString);
    }

    @Test
    void theTokenOpensNeitherKeyManagementNorAccount() {
        String token = exchange(key.text("key"), Map.of()).expect(200).text("access_token");

        ApiClient caller = realm.anyone().as(token).with("Accept", "application/json");
        assertEquals(401, caller.get(realm.keys()).status());
        assertEquals(401, caller.get("/realms/" + realm.name() + "/account").status());
    }

    @Test
    void anAccessTokenMayBeAskedForByName() {
        exchange(key.text("key"), Map.of("requested_token_type", ACCESS_TOKEN)).expect(200);
    }

    @Test
    void scopesAreGivenAsAtTheGrant() {
        Answer answer =
                exchange(key.text("key"), Map.of("scope", "openid address")).expect(200);

        assertTrue(List.of(answer.text("scope").split(" ")).containsAll(List.of("openid", "address")), answer::text);
        assertError("invalid_scope", exchange(key.text("key"), Map.of("scope", "nonsense")));
        assertError("invalid_scope", exchange(key.text("key"), Map.of("scope", "offline_access")));
    }

    @Test
    void theAudienceIsNarrowedToTheOneAskedFor() {
        Answer answer = exchange(key.text("key"), Map.of("audience", "service")).expect(200);

        assertEquals("service", AccessTokens.claims(answer).path("aud").asText());
        assertError("invalid_target", exchange(key.text("key"), Map.of("audience", "nobody")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "urn:ietf:params:oauth:token-type:refresh_token",
                "urn:ietf:params:oauth:token-type:id_token",
                "urn:ietf:params:oauth:token-type:saml2",
                "nonsense"
            })
    void nothingButAnAccessTokenIsMade(String type) {
        assertError("invalid_request", exchange(key.text("key"), Map.of("requested_token_type", type)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"actor_token", "actor_token_type", "requested_subject", "requested_issuer", "subject_issuer"})
    void nobodyActsForAnybody(String parameter) {
        Answer answer = exchange(key.text("key"), Map.of(parameter, "alice"));

        assertError("invalid_request", answer);
        assertTrue(answer.text("error_description").contains("'" + parameter + "'"), answer::text);
    }

    @Test
    void aKeyIsRequired() {
        Map<String, String> form = form("exchanger", "x");
        form.remove("subject_token");

        Answer answer = realm.anyone().form(realm.token(), form);

        assertError("invalid_request", answer);
        assertTrue(answer.text("error_description").contains("'subject_token'"), answer::text);
    }

    @Test
    void theHeaderIsNotReadHere() {
        Map<String, String> form = form("exchanger", "x");

        Answer answer = realm.anyone().with("X-API-Key", key.text("key")).form(realm.token(), form);

        Rejection.assertTellsNothing(answer);
    }

    @Test
    void anAccessTokenIsNoKey() {
        String token = realm.passwordToken("alice").expect(200).text("access_token");

        Rejection.assertTellsNothing(exchange(token, Map.of()));
    }

    @Test
    void aBadKeyTellsNothingAndTheEventSaysWhyAndWhere() {
        setup.forgetEvents();

        Answer answer = exchange(ForgedKey.withOtherSecret(key.text("key")), Map.of("scope", "nonsense"));

        Rejection.assertTellsNothing(answer);
        JsonNode event = onlyEvent("TOKEN_EXCHANGE_ERROR");
        assertEquals("api_key_wrong_secret", event.at("/details/reason").asText());
        assertEquals("token-exchange", event.at("/details/endpoint").asText());
        assertEquals(key.text("id"), event.at("/details/credential_id").asText());
        assertEquals(owner, event.path("userId").asText());
    }

    @Test
    void aGoodKeyIsOnRecordAsWell() {
        setup.forgetEvents();

        exchange(key.text("key"), Map.of()).expect(200);

        JsonNode event = onlyEvent("TOKEN_EXCHANGE");
        assertEquals(key.text("id"), event.at("/details/credential_id").asText());
        assertEquals(owner, event.path("userId").asText());
        assertFalse(event.toString().contains(key.text("key")), event::toString);
    }

    @Test
    void aClientWithoutTokenExchangeIsRefusedAsKeycloakWordsIt() {
        Answer answer = realm.anyone().form(realm.token(), form("service", key.text("key")));

        assertError("invalid_request", answer);
        assertEquals(
                "Standard token exchange is not enabled for the requested client", answer.text("error_description"));
    }

    @Test
    void aPublicClientIsRefusedAsKeycloakWordsIt() {
        Map<String, String> form = form("app", key.text("key"));
        form.remove("client_secret");

        Answer answer = realm.anyone().form(realm.token(), form);

        assertError("invalid_client", answer);
        assertEquals("Public client is not allowed to exchange token", answer.text("error_description"));
    }

    @Test
    void theClientProvesWhoItIs() {
        Map<String, String> form = form("exchanger", key.text("key"));
        form.put("client_secret", "?");

        assertEquals(401, realm.anyone().form(realm.token(), form).status());
    }

    @Test
    void anExchangeOfAccessTokensIsKeycloaksOwn() {
        Map<String, String> form =
                form("exchanger", realm.passwordToken("alice").expect(200).text("access_token"));
        form.put("subject_token_type", ACCESS_TOKEN);

        Answer answer = realm.anyone().form(realm.token(), form).expect(200);

        assertEquals(ACCESS_TOKEN, answer.text("issued_token_type"));
        assertFalse(AccessTokens.claims(answer).has("api_key_id"), answer::text);
        form.put("subject_token_type", "nonsense");
        Answer unknown = realm.anyone().form(realm.token(), form);
        assertError("invalid_request", unknown);
        assertEquals("Parameter 'subject_token' supports access tokens only", unknown.text("error_description"));
    }

    @Test
    void whoWritesTheIdOfAKeyIntoAnotherGrantLearnsAndGetsNothing() {
        realm.user("mallory");
        String id = key.text("id");
        for (String keyId : List.of(id, "A".repeat(12))) {
            Answer answer = realm.anyone()
                    .form(
                            realm.token(),
                            Map.of(
                                    "grant_type", "password",
                                    "client_id", "app",
                                    "username", "mallory",
                                    "password", "mallory",
                                    "subject_token", unsigned("trrtak:" + keyId + ".client.1")))
                    .expect(200);

            assertFalse(AccessTokens.claims(answer).has("api_key_id"), answer::text);
        }
    }

    private static String unsigned(String tokenId) {
        return Stream.of("{\"alg\":\"RS256\"}", "{\"jti\":\"" + tokenId + "\"}", "none")
                .map(part ->
                        Base64.getUrlEncoder().withoutPadding().encodeToString(part.getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.joining("."));
    }

    private static Answer exchange(String presented, Map<String, String> more) {
        Map<String, String> form = form("exchanger", presented);
        form.putAll(more);
        return realm.anyone().form(realm.token(), form);
    }

    private static Map<String, String> form(String clientId, String presented) {
        return new LinkedHashMap<>(Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "client_id",
                clientId,
                "client_secret",
                RealmFixture.SECRET,
                "subject_token",
                presented,
                "subject_token_type",
                "urn:latchkey:oauth:token-type:api-key"));
    }

    private static JsonNode onlyEvent(String type) {
        WrittenRefusals.await(realm);
        List<JsonNode> events = setup.events("type=" + type);
        assertEquals(1, events.size(), events::toString);
        return events.get(0);
    }

    private static void assertError(String error, Answer answer) {
        assertEquals(400, answer.status(), answer::text);
        assertEquals(error, answer.text("error"), answer::text);
        assertFalse(answer.json().has("access_token"));
    }
}
