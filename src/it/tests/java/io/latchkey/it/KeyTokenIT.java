package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a token made from a key says, how long it lives, and which doors it opens: none of Keycloak's own. */
@EveryRelease
class KeyTokenIT {

    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

    private static RealmFixture realm;
    private static RealmSetup setup;
    private static String owner;
    private static Answer key;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of());
        setup = new RealmSetup(realm);
        owner = realm.user("boss");
        setup.makeRealmAdmin(owner);
        setup.audience("app", "service");
        setup.client(Map.of(
                "clientId",
                "exchanger",
                "secret",
                RealmFixture.SECRET,
                "attributes",
                Map.of("standard.token.exchange.enabled", "true")));
        setup.audience("app", "exchanger");
        setup.audience("exchanger", "exchanger");
        key = realm.createKey("boss", "key");
    }

    @Test
    void theTokenHasTheClaimsOfAJwtAccessTokenAndNamesItsKey() {
        JsonNode claims = AccessTokens.claims(token());

        assertEquals(
                LatchkeyServer.url() + "/realms/" + realm.name(),
                claims.path("iss").asText());
        assertEquals(owner, claims.path("sub").asText());
        assertEquals("app", claims.path("client_id").asText());
        assertTrue(claims.path("aud").toString().contains("\"service\""), claims::toString);
        assertTrue(claims.path("iat").asLong() > 0);
        assertTrue(claims.path("exp").asLong() > claims.path("iat").asLong());
        assertFalse(claims.path("jti").asText().isEmpty());
        assertEquals(key.text("id"), claims.path("api_key_id").asText());
    }

    @Test
    void noTwoTokensHaveTheSameId() {
        Answer other =
                realm.exchange(key.text("key"), Map.of("scope", "openid")).expect(200);

        assertNotEquals(
                AccessTokens.claims(token()).path("jti"),
                AccessTokens.claims(other).path("jti"));
    }

    @Test
    void nothingStaysBehind() {
        Answer answer = realm.exchange(key.text("key"), Map.of("scope", "openid"));

        assertFalse(answer.expect(200).json().has("refresh_token"));
        assertFalse(answer.json().has("session_state"));
        assertFalse(AccessTokens.claims(answer).has("sid"));
        assertFalse(AccessTokens.claims(answer.text("id_token")).has("sid"));
        realm.user("visitor");
        Answer other = realm.createKey("visitor", "key");
        String sub = AccessTokens.claims(realm.exchange(other.text("key")))
                .path("sub")
                .asText();
        // One session comes from the password that made the key.
        assertEquals(1, setup.sessionsOf(sub).size());
    }

    @Test
    void aClientInTheAudienceCanIntrospectTheToken() {
        Answer answer = realm.introspect(token());

        assertTrue(answer.expect(200).json().path("active").asBoolean(), answer::text);
        assertEquals(owner, answer.text("sub"));
        assertTrue(answer.text("jti").contains(key.text("id")), answer::text);
    }

    @Test
    void thePolicyShortensTheToken() {
        try (RealmFixture own = RealmFixture.create(Map.of("latchkey.token-lifespan", "PT30S"))) {
            own.user("alice");
            Answer short30 = own.exchange(own.createKey("alice", "key").text("key"));

            assertLifespan(30, short30);
            assertTrue(short30.json().path("expires_in").asLong() <= 30, short30::text);
        }
    }

    @Test
    void thePolicyDoesNotLengthenTheToken() {
        try (RealmFixture own = RealmFixture.create(Map.of("latchkey.token-lifespan", "PT2H"))) {
            new RealmSetup(own).realm(Map.of("accessTokenLifespan", 60));
            own.user("alice");

            assertLifespan(60, own.exchange(own.createKey("alice", "key").text("key")));
        }
    }

    @Test
    void theTokenDoesNotOutliveItsKey() {
        Instant end = Instant.now().plusSeconds(60);
        Answer brief = realm.signedIn("boss")
                .post(realm.keys(), Map.of("name", "brief", "expiresAt", end.toString()))
                .expect(201);

        JsonNode claims = AccessTokens.claims(realm.exchange(brief.text("key")).expect(200));

        assertTrue(claims.path("exp").asLong() <= end.getEpochSecond(), claims::toString);
    }

    @Test
    void theTokenOpensNoneOfKeycloaksOwnDoors() {
        String login = realm.passwordToken("boss").expect(200).text("access_token");
        assertEquals(List.of(200, 200, 200, 201), doors(login));

        assertEquals(List.of(401, 401, 401, 401), doors(token()));
    }

    @Test
    void anExchangedTokenOpensNoneOfKeycloaksOwnDoors() {
        String login = realm.passwordToken("boss").expect(200).text("access_token");
        assertEquals(
                List.of(200, 200, 200, 201), doors(exchanged(login).expect(200).text("access_token")));

        Answer answer = exchanged(token());

        assertEquals(List.of(401, 401, 401, 401), doors(answer.expect(200).text("access_token")));
        assertEquals(
                key.text("id"), AccessTokens.claims(answer).path("api_key_id").asText());
    }

    @Test
    void aTokenExchangedTwiceOpensNoneOfKeycloaksOwnDoors() {
        String once = exchanged(token()).expect(200).text("access_token");

        String twice = exchanged(once).expect(200).text("access_token");

        assertEquals(List.of(401, 401, 401, 401), doors(twice));
    }

    @Test
    void aTokenIsNotExchangedOnceItsKeyIsGone() {
        Answer doomed = realm.createKey("boss", "doomed");
        String token = realm.exchange(doomed.text("key")).expect(200).text("access_token");
        realm.signedIn("boss").delete(realm.keys() + "/" + doomed.text("id")).expect(204);

        Answer answer = exchanged(token);

        assertEquals(400, answer.status(), answer::text);
    }

    private static void assertLifespan(long seconds, Answer answer) {
        JsonNode claims = AccessTokens.claims(answer.expect(200));
        long lifespan = claims.path("exp").asLong() - claims.path("iat").asLong();
        assertTrue(lifespan <= seconds && lifespan > seconds - 5, () -> "lives " + lifespan + " s");
    }

    private static String token() {
        return realm.exchange(key.text("key")).expect(200).text("access_token");
    }

    private static Answer exchanged(String token) {
        return realm.anyone()
                .form(
                        realm.token(),
                        Map.of(
                                "grant_type", EXCHANGE,
                                "client_id", "exchanger",
                                "client_secret", RealmFixture.SECRET,
                                "subject_token", token,
                                "subject_token_type", ACCESS_TOKEN));
    }

    /** Account REST, admin REST, key management and client registration. */
    private static List<Integer> doors(String token) {
        ApiClient caller = realm.anyone().as(token).with("Accept", "application/json");
        return List.of(
                caller.get("/realms/" + realm.name() + "/account").status(),
                caller.get(realm.admin("/users")).status(),
                caller.get(realm.keys()).status(),
                caller.post("/realms/" + realm.name() + "/clients-registrations/default", Map.of())
                        .status());
    }
}
