package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Access tokens at Keycloak's introspection endpoint: everybody's as ever, those made from keys with their key. */
class JwtIntrospectionIT {

    private static RealmFixture realm;
    private static RealmSetup setup;
    private static ApiCalls api;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of());
        setup = new RealmSetup(realm);
        api = new ApiCalls(realm);
        setup.makeRealmAdmin(realm.user("alice"));
        setup.client(Map.of("clientId", "other", "secret", RealmFixture.SECRET));
        setup.audience("app", "service");
        setup.audience("app", "other");
    }

    @BeforeEach
    void prepare() {
        lightweight(false);
    }

    @Test
    void aHintChangesNothingAboutATokenOfSomebodyElse() {
        String token = realm.passwordToken("alice").text("access_token");

        Answer plain = api.introspect("service", token, Map.of()).expect(200);

        assertTrue(plain.json().path("active").asBoolean(), plain::text);
        assertFalse(plain.json().has("api_key_id"));
        assertTrue(plain.json().at("/resource_access/realm-management").isObject(), plain::text);
        for (String hint : List.of("access_token", "api_key")) {
            Answer hinted = api.introspect("service", token, Map.of("token_type_hint", hint));
            assertEquals(plain.text(), hinted.text());
            assertEquals(headers(plain), headers(hinted));
        }
    }

    @Test
    void rubbishIsAnsweredAsEver() {
        Answer plain = api.introspect("service", "rubbish", Map.of()).expect(200);

        assertEquals("{\"active\":false}", plain.text());
        assertEquals(
                plain.text(),
                api.introspect("service", "rubbish", Map.of("token_type_hint", "api_key"))
                        .text());
        assertEquals(
                400,
                api.introspect("service", "rubbish", Map.of("token_type_hint", "nonsense"))
                        .status());
    }

    @Test
    void aTokenMadeFromAKeyShowsItsKey() {
        Answer key = api.key("shown", Map.of());
        String token = realm.exchange(key.text("key")).expect(200).text("access_token");

        JsonNode shown = active("service", token);

        assertEquals(key.text("id"), shown.path("api_key_id").asText());
        assertEquals("app", shown.path("client_id").asText());
        assertEquals(AccessTokens.claims(token).path("jti"), shown.path("jti"));
        assertTrue(shown.at("/resource_access/realm-management").isMissingNode(), shown::toString);
        assertEquals(shown, active("service", token, "api_key"));
    }

    @Test
    void theAudiencesOfAKeyAreNotWidened() {
        Answer key = api.key("one api", Map.of("audiences", List.of("service")));
        String token = realm.exchange(key.text("key")).expect(200).text("access_token");

        JsonNode shown = active("service", token);

        assertEquals("service", shown.path("aud").asText(), shown::toString);
        assertEquals(0, shown.path("resource_access").size(), shown::toString);
        assertEquals(
                "{\"active\":false}",
                api.introspect("other", token, Map.of()).expect(200).text());
    }

    @Test
    void theAudienceThatWasAskedForIsNotWidened() {
        Answer key = api.key("any api", Map.of());
        String token = realm.exchange(key.text("key"), Map.of("audience", "service", "client_id", "app"))
                .expect(200)
                .text("access_token");

        JsonNode shown = active("service", token);

        assertEquals("service", shown.path("aud").asText(), shown::toString);
        assertEquals(
                AccessTokens.claims(token).path("resource_access").size(),
                shown.path("resource_access").size());
    }

    @Test
    void aLightweightTokenIsCompletedWithinItsKey() {
        lightweight(true);
        Answer key = api.key("lightweight", Map.of("audiences", List.of("service")));
        String token = realm.exchange(key.text("key")).expect(200).text("access_token");

        JsonNode shown = active("service", token);

        assertEquals("service", shown.path("aud").asText(), shown::toString);
        assertEquals(0, shown.path("resource_access").size(), shown::toString);
        assertEquals(key.text("id"), shown.path("api_key_id").asText());
        assertEquals(
                "{\"active\":false}",
                api.introspect("other", token, Map.of()).expect(200).text());
    }

    private static void lightweight(boolean on) {
        setup.client(
                "app", Map.of("attributes", Map.of("client.use.lightweight.access.token.enabled", String.valueOf(on))));
    }

    private static JsonNode active(String caller, String token) {
        return active(caller, token, "access_token");
    }

    private static JsonNode active(String caller, String token, String hint) {
        Answer answer = api.introspect(caller, token, Map.of("token_type_hint", hint));
        assertTrue(answer.expect(200).json().path("active").asBoolean(), answer::text);
        return answer.json();
    }

    private static Map<String, List<String>> headers(Answer answer) {
        Map<String, List<String>> headers = new LinkedHashMap<>(answer.headers().map());
        headers.remove("date");
        return headers;
    }
}
