package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What gateways are told about the requests that wait at them. */
class ForwardAuthIT {

    private static RealmFixture realm;
    private static RealmSetup setup;
    private static String alice;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of("latchkey.max-keys", "100", "latchkey.kinds", "secret publishable"));
        setup = new RealmSetup(realm);
        alice = realm.user("alice");
        setup.audience("app", "service");
    }

    @BeforeEach
    void prepare() {
        setup.forgetEvents();
    }

    @Test
    void aKeyBecomesATokenAndHeadersForTheApi() {
        Answer key = realm.createKey("alice", "let through");

        Answer answer = ask(key.text("key"), "").expect(200);

        assertEquals("", answer.text());
        assertEquals(alice, answer.header("X-Auth-Subject"));
        assertEquals("alice", answer.header("X-Auth-Username"));
        assertEquals(key.text("id"), answer.header("X-Auth-Key-Id"));
        assertEquals("email profile", sorted(answer.header("X-Auth-Scopes")));
        JsonNode claims = claims(answer);
        assertEquals(alice, claims.path("sub").asText());
        assertEquals("app", claims.path("azp").asText());
        assertEquals(key.text("id"), claims.path("api_key_id").asText());
        assertTrue(claims.path("exp").asLong() - claims.path("iat").asLong() <= 300);
    }

    @Test
    void noAnswerMayBeKept() {
        String key = realm.createKey("alice", "uncached").text("key");

        for (Answer answer : List.of(ask(key, ""), ask("nonsense", ""), ask(key, "?audience=unknown"))) {
            assertEquals("no-store", answer.header("Cache-Control"), answer::toString);
            assertEquals("X-API-Key, Authorization, Origin", answer.header("Vary"), answer::toString);
        }
    }

    @Test
    void whoeverHasNoGoodKeyIsAskedForOne() {
        Answer none = realm.anyone().get(path(""));
        Answer wrong = ask(ForgedKey.unknown(7), "");

        assertEquals(401, none.status());
        String named = " realm=\"" + realm.name() + "\"";
        assertEquals("Bearer" + named + ", ApiKey" + named, none.header("WWW-Authenticate"));
        assertEquals("application/problem+json", none.header("Content-Type"));
        assertEquals(none.text(), wrong.expect(401).text());
        assertEquals(
                "forward-auth", setup.failures().get(0).at("/details/endpoint").asText());
    }

    @Test
    void theApiBehindTheGatewayHasToBeInTheToken() {
        String key = realm.createKey("alice", "for the api").text("key");

        JsonNode claims = claims(ask(key, "?audience=service").expect(200));

        assertEquals("service", claims.path("aud").asText());
        ask(key, "?audience=unknown").expect(403);
        ask(key, "?audience=account&audience=service").expect(403);
    }

    @Test
    void aKeyForOneApiIsForbiddenAtAnother() {
        Answer key = make(Map.of("name", "one api", "audiences", List.of("service")));

        ask(key.text("key"), "?audience=service").expect(200);
        Answer other = ask(key.text("key"), "?audience=app").expect(403);

        assertEquals("forbidden", other.text("type").replaceAll(".*/", ""));
        assertEquals(
                "api_key_audience_not_allowed",
                setup.failures().get(0).at("/details/reason").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"})
    void aGatewayMayAskWithTheRequestItself(String method) {
        String key = realm.createKey("alice", "prefixed " + method).text("key");
        String there = path("/service/orders/1%2B1?audience=account&x=y");

        Answer good = realm.anyone().with("X-API-Key", key).send(method, there, null, null);
        Answer none = realm.anyone().send(method, there, null, null);

        assertEquals(200, good.status(), good::toString);
        assertEquals("service", claims(good).path("aud").asText(), "the caller's query does not count");
        assertEquals(401, none.status());
    }

    @Test
    void anAudienceLeftEmptyIsNone() {
        String key = realm.createKey("alice", "empty audience").text("key");

        ask(key, "?audience=").expect(403);
        ask(key, "?audience=service&audience=").expect(403);
    }

    @Test
    void optionsIsARequestAsAnyOther() {
        String key = realm.createKey("alice", "options").text("key");

        Answer good = realm.anyone().with("X-API-Key", key).send("OPTIONS", path(""), null, null);
        Answer none = realm.anyone().send("OPTIONS", path(""), null, null);

        assertEquals("alice", good.header("X-Auth-Username"));
        assertEquals(401, none.status());
    }

    @Test
    void aTokenDecidesWhereBothAreSent() {
        String key = realm.createKey("alice", "beside a token").text("key");
        realm.user("bob");
        String bobs = realm.passwordToken("bob").text("access_token");

        Answer both =
                realm.anyone().with("X-API-Key", key).as(bobs).get(path("")).expect(200);
        Answer junk = realm.anyone().with("X-API-Key", key).as("junk").get(path(""));
        Answer basic = realm.anyone()
                .with("X-API-Key", key)
                .with("Authorization", "Basic YTpi")
                .get(path(""));

        assertEquals("bob", both.header("X-Auth-Username"));
        assertEquals("Bearer " + bobs, both.header("Authorization"));
        assertEquals("", both.header("X-Auth-Key-Id"));
        assertEquals(401, junk.status());
        assertEquals(401, basic.status());
        assertEquals(403, realm.anyone().as(bobs).get(path("?audience=app")).status());
    }

    @Test
    void aPublishableKeyPassesFromItsOriginsWithoutAToken() {
        Answer key = make(Map.of(
                "name", "in a page", "kind", "publishable", "allowedOrigins", List.of("https://shop.example.org")));
        ApiClient page = realm.anyone().with("X-API-Key", key.text("key"));

        Answer good =
                page.with("Origin", "https://shop.example.org").get(path("")).expect(200);

        assertEquals("", good.header("Authorization"));
        assertEquals(key.text("id"), good.header("X-Auth-Key-Id"));
        page.with("Origin", "https://evil.example.org").get(path("")).expect(401);
        page.get(path("")).expect(401);
        setup.client(Map.of("clientId", "closed", "enabled", false));
        ApiClient shop = page.with("Origin", "https://shop.example.org");
        shop.get(path("?audience=service")).expect(200);
        shop.get(path("?audience=closed")).expect(403);
    }

    @Test
    void namesThatNoHeaderHoldsArePercentEncoded() {
        realm.user("zoë");
        String token = realm.passwordToken("zoë").text("access_token");

        Answer answer = realm.anyone().as(token).get(path("")).expect(200);

        assertEquals("zo%C3%AB", answer.header("X-Auth-Username"));
    }

    @Test
    void aRealmWithoutADefaultClientForbids() {
        String key = realm.createKey("alice", "no client").text("key");
        realm.policy(Collections.singletonMap("client", null));
        try {
            Answer answer = ask(key, "").expect(403);

            assertTrue(answer.text("detail").contains("names no client"), answer::text);
            assertFalse(setup.failures().isEmpty());
        } finally {
            realm.policy(Map.of("maxKeys", 100, "kinds", List.of("secret", "publishable")));
        }
    }

    @Test
    void everyKeyGetsItsOwnToken() {
        String first = realm.createKey("alice", "first of two").text("key");
        String second = realm.createKey("alice", "second of two").text("key");

        assertNotEquals(ask(first, "").header("X-Auth-Key-Id"), ask(second, "").header("X-Auth-Key-Id"));
    }

    private static Answer make(Map<String, ?> key) {
        return realm.signedIn("alice").post(realm.keys(), key).expect(201);
    }

    private static Answer ask(String key, String query) {
        return realm.anyone().with("X-API-Key", key).get(path(query));
    }

    private static String path(String rest) {
        return realm.keys() + "/forward-auth" + rest;
    }

    private static JsonNode claims(Answer answer) {
        return AccessTokens.claims(answer.header("Authorization").substring("Bearer ".length()));
    }

    private static String sorted(String words) {
        return String.join(" ", new TreeSet<>(List.of(words.split(" "))));
    }
}
