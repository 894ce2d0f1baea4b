package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.it.ApiClient.Answer;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;

/** No door asks the database about a key that was used a moment ago: no connection is taken from the pool. */
@EveryDatabase
@EveryRelease
@KeycloakIntegrationTest(config = LatchkeyServer.class)
class WarmDoorsIT {

    private static final Pattern TAKEN =
            Pattern.compile("^agroal_acquire_count_total\\{[^}]*\\} (\\S+)$", Pattern.MULTILINE);
    // The server writes uses every second, in between.
    private static final int TRIES = 100;
    private static final int TRIES_TO_COMPARE = 10;
    private static final int USES = 10;

    private static RealmFixture realm;
    private static ApiCalls api;
    private static String key;
    private static String scoped;

    // Not before all of them: the server is started before each test.
    @BeforeEach
    void createRealm() {
        if (realm != null) {
            return;
        }
        realm = RealmFixture.create(Map.of("latchkey.keycloak-rest", "true", "latchkey.max-keys", "10"));
        api = new ApiCalls(realm);
        RealmSetup setup = new RealmSetup(realm);
        realm.user("alice");
        setup.audience("app", "service");
        realm.master()
                .post(realm.admin("/client-scopes"), Map.of("name", "reports", "protocol", "openid-connect"))
                .expect(201);
        setup.client(Map.of(
                "clientId",
                "narrow",
                "publicClient",
                true,
                "fullScopeAllowed",
                false,
                "defaultClientScopes",
                List.of("basic"),
                "optionalClientScopes",
                List.of("reports")));
        setup.client(
                "service",
                Map.of("attributes", Map.of("standard.token.exchange.enabled", "true"), "secret", RealmFixture.SECRET));
        // An event on record is a write of its own.
        realm.master()
                .put(realm.admin(""), Map.of("eventsEnabled", false, "adminEventsEnabled", false))
                .expect(204);
        key = api.key("plain", Map.of()).text("key");
        scoped = api.key("scoped", Map.of("scopes", List.of("reports"))).text("key");
    }

    @AfterAll
    static void deleteRealm() {
        if (realm != null) {
            realm.close();
        }
    }

    @Test
    void verify() {
        assertWarm(200, () -> api.verify("service", Map.of("key", key)));
        assertWarm(200, () -> api.verify("service", Map.of("key", scoped, "scope", "reports")));
        assertWarm(200, () -> api.verifyBatch("service", List.of(Map.of("key", key), Map.of("key", scoped))));
    }

    @Test
    void introspection() {
        assertWarm(200, () -> api.introspect("service", key, Map.of()));
        assertWarm(200, () -> api.introspect("service", scoped, Map.of()));
    }

    @Test
    void forwardAuth() {
        assertWarm(200, () -> with(key).get(realm.keys() + "/forward-auth"));
        assertWarm(200, () -> with(key).get(realm.keys() + "/forward-auth?audience=service"));
    }

    @Test
    void tokenOfAKeyAtForwardAuthCostsNoMoreThanAnyOtherTokenWithoutASession() {
        String made = realm.exchange(key).text("access_token");
        String other = realm.anyone()
                .form(
                        realm.token(),
                        Map.of(
                                "grant_type",
                                "client_credentials",
                                "client_id",
                                "service",
                                "client_secret",
                                RealmFixture.SECRET))
                .expect(200)
                .text("access_token");
        String forwardAuth = realm.keys() + "/forward-auth";

        // Keycloak looks for the session of any token that has none (26.7).
        assertEquals(
                fewest(TRIES_TO_COMPARE, 200, () -> realm.anyone().as(other).get(forwardAuth)),
                fewest(TRIES_TO_COMPARE, 200, () -> realm.anyone().as(made).get(forwardAuth)));
    }

    @Test
    void exchangeWhileTheTokenIsFresh() {
        assertWarm(200, () -> realm.exchange(key));
        assertWarm(200, () -> realm.exchange(scoped, Map.of("client_id", "narrow")));
        assertWarm(
                200,
                () -> realm.anyone()
                        .form(
                                realm.token(),
                                Map.of(
                                        "grant_type",
                                        "urn:ietf:params:oauth:grant-type:token-exchange",
                                        "client_id",
                                        "service",
                                        "client_secret",
                                        RealmFixture.SECRET,
                                        "subject_token_type",
                                        "urn:latchkey:oauth:token-type:api-key",
                                        "subject_token",
                                        key)));
    }

    @Test
    void keycloaksOwnRestAsksNoMoreThanForAToken() {
        String userinfo = "/realms/" + realm.name() + "/protocol/openid-connect/userinfo";
        String token = realm.exchange(key, Map.of("scope", "openid")).text("access_token");

        // Keycloak looks for the session of any token that has none (26.7).
        assertEquals(
                fewest(TRIES_TO_COMPARE, 200, () -> realm.anyone().as(token).get(userinfo)),
                fewest(TRIES_TO_COMPARE, 200, () -> with(key).get(userinfo)));
    }

    @Test
    void keysWithLimits() {
        try (RealmFixture limited = RealmFixture.create(
                Map.of("latchkey.rate-limit", "1000000/s", "latchkey.owner-rate-limit", "1/h burst 2000"))) {
            String owner = limited.user("alice");
            new RealmRoles(limited)
                    .giveRealmRole(owner, "plan", Map.of("latchkey.rate-limit", List.of("1/h burst 3000")));
            limited.master()
                    .put(limited.admin(""), Map.of("eventsEnabled", false))
                    .expect(204);
            Answer made = limited.createKey("alice", "key");
            Supplier<Answer> use =
                    () -> limited.anyone().with("X-API-Key", made.text("key")).get(limited.keys() + "/forward-auth");

            assertWarm(200, use);

            assertTrue(IntStream.range(0, 3000).anyMatch(i -> use.get().status() == 429));
            assertWarm(429, use);
        }
    }

    @Test
    void whatIsNoKey() {
        String mistyped = key.substring(0, key.length() - 1) + (key.endsWith("a") ? "b" : "a");

        assertWarm(400, () -> realm.exchange(mistyped));
        assertWarm(401, () -> with(mistyped).get(realm.keys() + "/forward-auth"));
        assertWarm(401, () -> with(mistyped).get(realm.keys() + "/self"));
        assertWarm(200, () -> api.verify("service", Map.of("key", mistyped)));
        assertWarm(200, () -> api.introspect("service", mistyped, Map.of()));
    }

    @Test
    void whatHasBeenUnknownAMomentAgo() {
        try (RealmFixture other = RealmFixture.create(Map.of())) {
            other.user("bob");
            String unknown = other.createKey("bob", "elsewhere").text("key");

            assertWarm(200, () -> api.verify("service", Map.of("key", unknown)));
        }
    }

    private static ApiClient with(String presented) {
        return realm.anyone().with("X-API-Key", presented);
    }

    private static void assertWarm(int status, Supplier<Answer> use) {
        assertEquals(0, fewest(TRIES, status, use), "connections taken for " + USES + " uses");
    }

    private static long fewest(int tries, int status, Supplier<Answer> use) {
        long fewest = Long.MAX_VALUE;
        for (int i = 0; i < tries && fewest > 0; i++) {
            use.get().expect(status);
            long before = taken();
            for (int j = 0; j < USES; j++) {
                assertEquals(status, use.get().status());
            }
            fewest = Math.min(fewest, taken() - before);
        }
        return fewest;
    }

    private static long taken() {
        Matcher matcher = TAKEN.matcher(new ApiClient("http://localhost:9000")
                .get("/metrics")
                .expect(200)
                .text());
        assertTrue(matcher.find());
        return (long) Double.parseDouble(matcher.group(1));
    }
}
