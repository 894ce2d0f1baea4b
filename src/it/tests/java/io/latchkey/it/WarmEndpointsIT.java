package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.it.ApiClient.Answer;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** No door asks the database about a key that was used a moment ago: no connection is taken from the pool. */
@EveryDatabase
@EveryRelease
class WarmEndpointsIT {

    private static RealmFixture realm;
    private static ApiCalls api;
    private static String key;
    private static String scoped;

    @BeforeAll
    static void createRealm() {
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

    @Test
    void verify() {
        Connections.assertNone(200, () -> api.verify("service", Map.of("key", key)));
        Connections.assertNone(200, () -> api.verify("service", Map.of("key", scoped, "scope", "reports")));
        Connections.assertNone(
                200, () -> api.verifyBatch("service", List.of(Map.of("key", key), Map.of("key", scoped))));
    }

    @Test
    void introspection() {
        Connections.assertNone(200, () -> api.introspect("service", key, Map.of()));
        Connections.assertNone(200, () -> api.introspect("service", scoped, Map.of()));
    }

    @Test
    void forwardAuth() {
        Connections.assertNone(200, () -> with(key).get(realm.keys() + "/forward-auth"));
        Connections.assertNone(200, () -> with(key).get(realm.keys() + "/forward-auth?audience=service"));
    }

    @Test
    void tokenOfAKeyAtForwardAuthCostsNoMoreThanAnyOtherTokenWithoutASession() {
        String made = realm.exchange(key).text("access_token");
        String other = realm.anyone()
                .form(
                        realm.token(),
                        Map.of(
                                "grant_type", "client_credentials",
                                "client_id", "service",
                                "client_secret", RealmFixture.SECRET))
                .expect(200)
                .text("access_token");
        String forwardAuth = realm.keys() + "/forward-auth";

        // Keycloak looks for the session of any token that has none (26.7).
        assertEquals(
                Connections.fewest(200, () -> realm.anyone().as(other).get(forwardAuth)),
                Connections.fewest(200, () -> realm.anyone().as(made).get(forwardAuth)));
    }

    @Test
    void exchangeWhileTheTokenIsFresh() {
        Connections.assertNone(200, () -> realm.exchange(key));
        Connections.assertNone(200, () -> realm.exchange(scoped, Map.of("client_id", "narrow")));
        Connections.assertNone(
                200,
                () -> realm.anyone()
                        .form(
                                realm.token(),
                                Map.of(
                                        "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                                        "client_id", "service",
                                        "client_secret", RealmFixture.SECRET,
                                        "subject_token_type", "urn:latchkey:oauth:token-type:api-key",
                                        "subject_token", key)));
    }

    @Test
    void keycloaksOwnRestAsksNoMoreThanForAToken() {
        String userinfo = "/realms/" + realm.name() + "/protocol/openid-connect/userinfo";
        String token = realm.exchange(key, Map.of("scope", "openid")).text("access_token");

        // Keycloak looks for the session of any token that has none (26.7).
        assertEquals(
                Connections.fewest(200, () -> realm.anyone().as(token).get(userinfo)),
                Connections.fewest(200, () -> with(key).get(userinfo)));
    }

    /** The last use of a key, which {@code /self} tells, is on record only. */
    @Test
    void selfReadsTheLastUseAndNothingElse() {
        assertEquals(Connections.USES, Connections.fewest(200, () -> with(key).get(realm.keys() + "/self")));
        assertEquals(
                Connections.USES, Connections.fewest(200, () -> with(scoped).get(realm.keys() + "/self")));
    }

    @Test
    void keysWithLimits() {
        try (RealmFixture limited = RealmFixture.create(
                Map.of("latchkey.rate-limit", "1000000/s", "latchkey.owner-rate-limit", "1/h burst 2000"))) {
            String owner = limited.user("alice");
            new RealmSetup(limited)
                    .giveRealmRole(owner, "plan", Map.of("latchkey.rate-limit", List.of("1/h burst 3000")));
            limited.master()
                    .put(limited.admin(""), Map.of("eventsEnabled", false))
                    .expect(204);
            Answer made = limited.createKey("alice", "key");
            Supplier<Answer> use =
                    () -> limited.anyone().with("X-API-Key", made.text("key")).get(limited.keys() + "/forward-auth");

            Connections.assertNone(200, use);

            assertTrue(IntStream.range(0, 3000).anyMatch(i -> use.get().status() == 429));
            Connections.assertNone(429, use);
        }
    }

    @Test
    void whatIsNoKey() {
        String mistyped = key.substring(0, key.length() - 1) + (key.endsWith("a") ? "b" : "a");

        Connections.assertNone(400, () -> realm.exchange(mistyped));
        Connections.assertNone(401, () -> with(mistyped).get(realm.keys() + "/forward-auth"));
        Connections.assertNone(401, () -> with(mistyped).get(realm.keys() + "/self"));
        Connections.assertNone(200, () -> api.verify("service", Map.of("key", mistyped)));
        Connections.assertNone(200, () -> api.introspect("service", mistyped, Map.of()));
    }

    @Test
    void whatHasBeenUnknownAMomentAgo() {
        try (RealmFixture other = RealmFixture.create(Map.of())) {
            other.user("bob");
            String unknown = other.createKey("bob", "elsewhere").text("key");

            Connections.assertNone(200, () -> api.verify("service", Map.of("key", unknown)));
        }
    }

    private static ApiClient with(String presented) {
        return realm.anyone().with("X-API-Key", presented);
    }
}
