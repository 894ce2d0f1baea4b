package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which APIs a token made from a key is meant for. */
class AudienceIT {

    private static RealmFixture realm;
    private static RealmSetup setup;
    private static String boss;
    private static int keys;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of("latchkey.session", "online", "latchkey.max-keys", "200"));
        setup = new RealmSetup(realm);
        boss = realm.user("boss");
        setup.makeRealmAdmin(boss);
        for (String api : List.of("orders", "stock", "silent")) {
            setup.client(Map.of("clientId", api, "secret", RealmFixture.SECRET));
            realm.master()
                    .post(setup.clientPath(api) + "/roles", Map.of("name", "read"))
                    .expect(201);
            new RealmSetup(realm).give(boss, api, "read");
        }
        setup.client(Map.of(
                "clientId",
                "light",
                "publicClient",
                true,
                "attributes",
                Map.of("client.use.lightweight.access.token.enabled", "true")));
        setup.client(Map.of(
                "clientId",
                "exchanger",
                "secret",
                RealmFixture.SECRET,
                "attributes",
                Map.of("standard.token.exchange.enabled", "true")));
        setup.audience("exchanger", "exchanger");
        setup.audience("app", "exchanger");
        setup.client(Map.of("clientId", "mute", "publicClient", true, "fullScopeAllowed", false));
    }

    @Test
    void aKeyWithoutAudiencesIsMeantForAllTheClientServes() {
        Answer answer = realm.exchange(key());

        assertTrue(audiences(answer).containsAll(Set.of("orders", "stock", "account")), answer::text);
    }

    @Test
    void anyKeyMayBeNarrowedByTheRequest() {
        Answer answer = realm.exchange(key(), Map.of("audience", "orders"));

        assertMeantFor(Set.of("orders"), answer);
    }

    @Test
    void theAudiencesOfTheKeyAreAllThatIsLeft() {
        assertMeantFor(Set.of("orders"), realm.exchange(key("orders")));
        assertMeantFor(Set.of("orders", "stock"), realm.exchange(key("orders", "stock")));
    }

    @Test
    void aRefreshedTokenIsMeantForNoMore() {
        Answer opened = realm.exchange(key("orders")).expect(200);

        Answer refreshed = realm.refresh("app", opened);

        assertMeantFor(Set.of("orders"), refreshed);
    }

    @Test
    void oneOfTheAudiencesOfTheKeyMayBeAskedFor() {
        assertMeantFor(Set.of("stock"), realm.exchange(key("orders", "stock"), Map.of("audience", "stock")));
    }

    @Test
    void severalAudiencesAreAskedForByRepeatingTheParameter() {
        assertMeantFor(Set.of("orders", "stock"), asking(key("orders", "stock", "silent"), "orders", "stock"));
        assertMeantFor(Set.of("orders", "stock"), asking(key(), "orders", "stock", "orders"));
    }

    @Test
    void eachOfTheAudiencesAskedForHasToBeOnTheKey() {
        String key = key("orders");

        assertNothingIssued(() -> asking(key, "orders", "stock"));
        assertNothingIssued(() -> asking(key, "stock"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "", "orders stock", "ORDERS"})
    void anAudienceThatIsNoClientIsRefused(String audience) {
        String any = key();
        String narrow = key("orders");

        assertNothingIssued(() -> asking(any, audience));
        assertNothingIssued(() -> asking(narrow, audience));
    }

    @Test
    void anAudienceTheClientDoesNotServeIsRefused() {
        String any = key();
        String key = key("orders");

        assertNothingIssued(() -> realm.exchange(key, Map.of("client_id", "mute")));
        assertNothingIssued(() -> realm.exchange(key, Map.of("client_id", "mute", "audience", "orders")));
        assertNothingIssued(() -> realm.exchange(any, Map.of("client_id", "mute", "audience", "orders")));
    }

    @Test
    void anApiThatIsSwitchedOffIsNone() {
        setup.client("silent", Map.of("enabled", false));
        String key = key("orders", "silent");
        String alone = key("silent");

        assertMeantFor(Set.of("orders"), realm.exchange(key));
        assertNothingIssued(() -> asking(key, "silent"));
        assertNothingIssued(() -> realm.exchange(alone));
    }

    @Test
    void oneAudienceIsEnoughWhereNoneWasAskedFor() {
        setup.audience("mute", "stock");

        Answer answer = realm.exchange(key("orders", "stock"), Map.of("client_id", "mute"));

        assertMeantFor(Set.of("stock"), answer);
    }

    @Test
    void theExchangeOfTheTokenDoesNotWidenIt() {
        String token = realm.exchange(key("exchanger")).expect(200).text("access_token");

        Answer onwards = onwards(token, Map.of());

        assertMeantFor(Set.of("exchanger"), onwards);
        Answer widened = onwards(token, Map.of("audience", "orders"));
        assertEquals(400, widened.status(), widened::text);
        assertFalse(widened.json().has("access_token"));
    }

    @Test
    void theSameHoldsAtTokenExchange() {
        String key = key("orders");
        Map<String, String> form = new LinkedHashMap<>(Map.of(
                "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                "client_id", "exchanger",
                "client_secret", RealmFixture.SECRET,
                "subject_token", key,
                "subject_token_type", "urn:latchkey:oauth:token-type:api-key"));

        assertMeantFor(Set.of("orders"), realm.anyone().form(realm.token(), form));
        form.put("audience", "stock");
        assertNothingIssued(() -> realm.anyone().form(realm.token(), form));
    }

    @Test
    void introspectionSaysTheSame() {
        Answer answer = realm.exchange(key("orders", "stock"), Map.of("audience", "orders"));

        JsonNode told = introspect("orders", answer);

        assertEquals("orders", told.path("aud").asText(), told::toString);
        assertEquals(Set.of("orders"), names(told.path("resource_access")));
        assertFalse(introspect("stock", answer).path("active").asBoolean());
    }

    @Test
    void aLightweightTokenNamesItsAudienceAtIntrospectionOnly() {
        Answer answer = realm.exchange(key("orders"), Map.of("client_id", "light"));

        assertEquals(Set.of(), audiences(answer));
        JsonNode told = introspect("orders", answer);
        assertEquals("orders", told.path("aud").asText(), told::toString);
        assertEquals(Set.of("orders"), names(told.path("resource_access")));
        assertFalse(introspect("stock", answer).path("active").asBoolean());
    }

    @Test
    void aLightweightTokenIsGoodForNoMoreThanItWasAskedFor() {
        Answer answer = realm.exchange(key("orders", "stock"), Map.of("client_id", "light", "audience", "orders"));

        assertEquals("orders", introspect("orders", answer).path("aud").asText());
        assertFalse(introspect("stock", answer).path("active").asBoolean());
    }

    private static String key(String... audiences) {
        keys++;
        return realm.signedIn("boss")
                .post(realm.keys(), Map.of("name", "key " + keys, "audiences", List.of(audiences)))
                .expect(201)
                .text("key");
    }

    private static Answer asking(String key, String... audiences) {
        String body = "grant_type=" + RealmFixture.GRANT + "&audience="
                + String.join("&audience=", List.of(audiences)).replace(" ", "+");
        return realm.anyone()
                .with("X-API-Key", key)
                .send("POST", realm.token(), "application/x-www-form-urlencoded", body);
    }

    private static Answer onwards(String token, Map<String, String> more) {
        Map<String, String> form = new LinkedHashMap<>(Map.of(
                "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                "client_id", "exchanger",
                "client_secret", RealmFixture.SECRET,
                "subject_token", token,
                "subject_token_type", "urn:ietf:params:oauth:token-type:access_token"));
        form.putAll(more);
        return realm.anyone().form(realm.token(), form);
    }

    private static void assertMeantFor(Set<String> expected, Answer answer) {
        assertEquals(expected, audiences(answer));
        assertTrue(expected.containsAll(names(AccessTokens.claims(answer).path("resource_access"))), answer::text);
    }

    private static JsonNode introspect(String clientId, Answer tokens) {
        Map<String, String> form = Map.of(
                "client_id",
                clientId,
                "client_secret",
                RealmFixture.SECRET,
                "token",
                tokens.expect(200).text("access_token"));
        return realm.anyone()
                .form(realm.token() + "/introspect", form)
                .expect(200)
                .json();
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> audiences(Answer answer) {
        JsonNode aud = AccessTokens.claims(answer.expect(200)).path("aud");
        Set<String> all = new TreeSet<>();
        if (aud.isTextual()) {
            all.add(aud.asText());
        }
        aud.forEach(one -> all.add(one.asText()));
        return all;
    }

    private static void assertNothingIssued(Supplier<Answer> request) {
        int before = setup.sessionsOf(boss).size();

        Answer answer = request.get();

        assertEquals(400, answer.status(), answer::text);
        assertEquals("invalid_target", answer.text("error"), answer::text);
        assertFalse(answer.json().has("access_token"));
        assertEquals(before, setup.sessionsOf(boss).size());
    }
}
