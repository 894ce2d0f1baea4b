package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import io.latchkey.it.failing.FailingListenerFactory;
import io.latchkey.it.widening.WideningFactory;
import io.latchkey.it.widening.WideningJar;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Other extensions: token post-processors, all of which run between Latchkey's first one and its last one, and an event listener that
 * fails.
 */
class OtherProcessorsIT {

    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() {
        Path jar = WideningJar.pack(
                folder.resolve("widening.jar"),
                WideningFactory.AfterFirst.class,
                WideningFactory.Between.class,
                WideningFactory.BeforeLast.class);
        Path listener = FailingListenerFactory.pack(folder.resolve("failing.jar"));
        LatchkeyServer.start("OtherProcessorsIT", List.of("--features=resource-indicators"), jar, listener);
    }

    @ParameterizedTest
    @ValueSource(strings = {"widening-a", "widening-n", "widening-f"})
    void processorThatAddsToTokensAddsNothingToThoseOfKeys(String processor) {
        try (RealmFixture realm = realm(Map.of("widening", processor))) {
            String key = key(realm, Map.of());
            String aimed = key(realm, Map.of("audiences", List.of("service")));

            assertTrue(isWidened(realm.passwordToken("alice").expect(200)), "the processor does its work");
            for (String one : List.of(key, aimed)) {
                Answer granted = realm.exchange(one).expect(200);
                assertFalse(isWidened(granted), granted::text);
                assertFalse(isWidened(exchange(realm, "urn:latchkey:oauth:token-type:api-key", one)));
                assertFalse(isWidened(exchange(
                        realm, "urn:ietf:params:oauth:token-type:access_token", granted.text("access_token"))));
                String bearer = forwardAuth(realm.anyone().with("X-API-Key", one), realm)
                        .expect(200)
                        .header("Authorization");
                assertFalse(isWidened(AccessTokens.claims(bearer.substring("Bearer ".length()))), bearer);
                assertEquals(
                        403,
                        realm.anyone()
                                .as(granted.text("access_token"))
                                .get(realm.keys() + "/forward-auth?audience=vault")
                                .status());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"widening-a", "widening-f"})
    void processorAddsNothingToARefreshedToken(String processor) {
        try (RealmFixture realm = realm(Map.of("widening", processor, "latchkey.session", "online"))) {
            Answer opened = realm.exchange(key(realm, Map.of())).expect(200);

            Answer refreshed = realm.refresh("app", opened).expect(200);

            assertFalse(isWidened(opened), opened::text);
            assertFalse(isWidened(refreshed), refreshed::text);
        }
    }

    @Test
    void resourceNarrowsTheTokenOfASessionAndIsRefusedWithoutOne() {
        String resource = "https://service.example.org";
        try (RealmFixture online = realm(Map.of("latchkey.session", "online"));
                RealmFixture passing = realm(Map.of())) {
            new RealmSetup(online).client("service", Map.of("attributes", Map.of("resource_url", resource)));
            String key = key(online, Map.of("audiences", List.of("service", "vault")));

            Answer byUrl = online.exchange(key, Map.of("client_id", "app", "resource", resource));
            Answer byId = online.exchange(key, Map.of("client_id", "app", "resource", "urn:client:service"));

            assertEquals(
                    resource, AccessTokens.claims(byUrl.expect(200)).path("aud").asText());
            assertEquals(
                    "service", AccessTokens.claims(byId.expect(200)).path("aud").asText());
            assertEquals(
                    200,
                    forwardAuth(online.anyone().as(byUrl.text("access_token")), online)
                            .status());
            Answer refused =
                    passing.exchange(key(passing, Map.of()), Map.of("client_id", "app", "resource", "urn:client:app"));
            assertEquals(400, refused.status(), refused::text);
            assertEquals("invalid_target", refused.text("error"));
        }
    }

    @Test
    void changeThatAnEventListenerHasUndoneIsAnErrorAndChangesNothing() {
        try (RealmFixture realm = realm(Map.of())) {
            ApiClient alice = realm.signedIn("alice");
            Answer key = alice.post(realm.keys(), Map.of("name", "first")).expect(201);
            String one = "/" + key.text("id");
            String before = realm.master().get(realm.adminKeys() + one).text();
            String policy = realm.master().get(realm.adminKeys() + "/policy").text();
            new RealmSetup(realm).realm(Map.of("eventsListeners", List.of(FailingListenerFactory.ID)));

            assertUndone(alice.post(realm.keys(), Map.of("name", "second")));
            assertUndone(alice.post(realm.keys() + one + "/rotate", Map.of()));
            assertUndone(alice.patch(realm.keys() + one, Map.of("name", "renamed")));
            assertUndone(alice.delete(realm.keys() + one));
            assertUndone(realm.anyone().with("X-API-Key", key.text("key")).delete(realm.keys() + "/self"));
            assertUndone(realm.anyone().form(realm.keys() + "/revoke", Map.of("token", key.text("key"))));
            Map<String, Object> wish = Map.of("name", "third", "owner", Map.of("type", "user", "name", "alice"));
            assertUndone(realm.master().post(realm.adminKeys(), wish));
            assertUndone(realm.master().delete(realm.adminKeys() + one));
            assertUndone(realm.master().post(realm.adminKeys() + "/revoke", Map.of("all", true)));
            assertUndone(realm.master().put(realm.adminKeys() + "/policy", Map.of("maxKeys", 1)));

            assertEquals(1, alice.get(realm.keys()).expect(200).json().size());
            assertEquals(before, realm.master().get(realm.adminKeys() + one).text());
            assertEquals(
                    policy, realm.master().get(realm.adminKeys() + "/policy").text());
        }
    }

    private static void assertUndone(Answer answer) {
        assertEquals(500, answer.status(), answer::toString);
        assertEquals("https://latchkey.io/problems/not-committed", answer.text("type"), answer::text);
        assertFalse(answer.json().has("key"), answer::text);
    }

    /** With an API {@code service} and another one {@code vault}, and a client that makes tokens for both. */
    static RealmFixture realm(Map<String, String> attributes) {
        RealmFixture realm = RealmFixture.create(attributes);
        RealmSetup setup = new RealmSetup(realm);
        setup.realm(Map.of("sslRequired", "none"));
        setup.client("service", Map.of("attributes", Map.of("standard.token.exchange.enabled", "true")));
        setup.client(Map.of("clientId", "vault", "publicClient", true));
        setup.audience("app", "service");
        setup.audience("service", "service");
        if (!attributes.containsKey("widening")) {
            setup.audience("app", "vault");
        }
        realm.user("alice");
        return realm;
    }

    static String key(RealmFixture realm, Map<String, ?> restrictions) {
        Map<String, Object> draft = new LinkedHashMap<>(restrictions);
        draft.put("name", "key " + restrictions.size());
        draft.put("owner", Map.of("type", "user", "name", "alice"));
        return realm.master().post(realm.adminKeys(), draft).expect(201).text("key");
    }

    private static Answer exchange(RealmFixture realm, String type, String token) {
        return realm.anyone()
                .form(
                        realm.token(),
                        Map.of(
                                "grant_type", EXCHANGE,
                                "client_id", "service",
                                "client_secret", RealmFixture.SECRET,
                                "subject_token_type", type,
                                "subject_token", token))
                .expect(200);
    }

    static Answer forwardAuth(ApiClient caller, RealmFixture realm) {
        return caller.get(realm.keys() + "/forward-auth");
    }

    static boolean isWidened(Answer tokens) {
        return isWidened(AccessTokens.claims(tokens));
    }

    private static boolean isWidened(JsonNode claims) {
        String text = claims.toString();
        return text.contains("vault")
                || text.contains("payroll")
                || text.contains("salaries")
                || text.contains("staff");
    }
}
