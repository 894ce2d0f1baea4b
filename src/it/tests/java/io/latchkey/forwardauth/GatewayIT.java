package io.latchkey.forwardauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.forwardauth.RecordingServer.Arrival;
import io.latchkey.it.ApiClient;
import io.latchkey.it.ApiClient.Answer;
import io.latchkey.it.LatchkeyServer;
import io.latchkey.it.RealmFixture;
import io.latchkey.it.RealmSetup;
import io.latchkey.it.Resources;
import java.io.IOException;
import java.net.URI;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.TokenVerifier;
import org.keycloak.representations.AccessToken;

/** What real gateways let through to an API, and what the API sees of it. */
class GatewayIT {

    private static final List<String> FORGED = List.of(
            "Subject",
            "Username",
            "Scopes",
            "Key-Id",
            "Reservation",
            "Credits-Cost",
            "Credits-Remaining",
            "Credits-Reset");
    private static final Map<GatewayProgram, Gateway> GATEWAYS = new EnumMap<>(GatewayProgram.class);
    private static RealmFixture realm;
    private static RecordingServer api;
    private static String alice;
    private static Answer ruler;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of("latchkey.max-keys", "100", "latchkey.kinds", "secret publishable"));
        new RealmSetup(realm).audience("app", "service");
        alice = realm.user("alice");
        realm.user("bob");
        api = Resources.ofClass(new RecordingServer());
    }

    @BeforeEach
    void forgetCalls() {
        api.forget();
    }

    @ParameterizedTest
    @EnumSource
    void theApiGetsATokenForTheKeyAndWhoseItIs(GatewayProgram program) throws Exception {
        Answer key = realm.createKey("alice", "through " + program);

        with(program, key).get("/orders").expect(200);

        Arrival arrival = api.only();
        assertEquals(alice, arrival.header("x-auth-subject"));
        assertEquals("alice", arrival.header("x-auth-username"));
        assertEquals(key.text("id"), arrival.header("x-auth-key-id"));
        assertTrue(arrival.header("x-auth-scopes").contains("profile"), arrival::toString);
        AccessToken token = verified(arrival.header("authorization"));
        assertEquals(alice, token.getSubject());
        assertEquals("app", token.getIssuedFor());
        assertTrue(token.hasAudience("service"));
        assertEquals(key.text("id"), token.getOtherClaims().get("api_key_id"));
    }

    @ParameterizedTest
    @EnumSource
    void withoutAGoodKeyNothingArrives(GatewayProgram program) {
        ApiClient caller = gateway(program).caller();

        Answer none = caller.get("/").expect(401);
        Answer wrong = caller.with("X-API-Key", "test_sk_" + "a".repeat(50)).get("/");
        Answer query = caller.get("/?audience=account&api_key=x");

        String named = " realm=\"" + realm.name() + "\"";
        assertEquals("Bearer" + named + ", ApiKey" + named, none.header("WWW-Authenticate"));
        assertEquals(1, none.headers().allValues("WWW-Authenticate").size());
        assertEquals("application/problem+json", none.header("Content-Type"));
        assertEquals("no-store", none.header("Cache-Control"));
        assertEquals(none.text(), wrong.expect(401).text());
        assertEquals(none.text(), query.expect(401).text());
        assertEquals(List.of(), api.arrivals());
    }

    @ParameterizedTest
    @EnumSource
    void nobodyForgesWhatTheGatewaySays(GatewayProgram program) {
        realm.user("carl-" + program);
        String token = realm.passwordToken("carl-" + program).expect(200).text("access_token");
        ApiClient forger = gateway(program).caller().as(token);
        for (String name : FORGED) {
            forger = forger.with("X-Auth-" + name, "forged")
                    .with("X_Auth_" + name.replace('-', '_'), "forged")
                    .with("X-Auth_" + name, "forged")
                    .with("X.Auth." + name.replace('-', '.'), "forged");
        }
        for (String other : List.of("X.Forwarded.User", "Remote.User", "X.Remote.User")) {
            forger = forger.with(other, "forged");
        }
        forger = forger.with("X-Forwarded-For", "192.0.2.1").with("X-Forwarded-Host", "forged");
        forger.with("Forwarded", "for=forged")
                .with("X-Forwarded-Proto", "https")
                .get("/")
                .expect(200);

        Arrival arrival = api.only();
        assertFalse(arrival.headers().toString().contains("forged"), arrival::toString);
        assertEquals("carl-" + program, arrival.header("x-auth-username"));
        assertEquals("", arrival.header("x-auth-key-id"), "a token is no key");
        assertEquals("127.0.0.1", arrival.header("x-forwarded-for"));
        assertEquals("http", arrival.header("x-forwarded-proto"));
    }

    @ParameterizedTest
    @EnumSource
    void theKeyStaysAtTheGateway(GatewayProgram program) {
        Answer key = realm.createKey("alice", "kept by " + program);

        with(program, key).get("/").expect(200);

        assertEquals("", api.only().header("x-api-key"));
        assertFalse(api.only().toString().contains(key.text("key")));
    }

    @ParameterizedTest
    @EnumSource
    void everyRequestIsDecidedAnew(GatewayProgram program) {
        Answer alices = realm.createKey("alice", "first at " + program);
        Answer bobs = realm.createKey("bob", "second at " + program);
        for (Answer key : List.of(alices, bobs, alices)) {
            api.forget();
            with(program, key).get("/").expect(200);

            assertEquals(key.text("id"), api.only().header("x-auth-key-id"));
        }
        realm.signedIn("alice").delete(realm.keys() + "/" + alices.text("id")).expect(204);
        api.forget();

        with(program, alices).get("/").expect(401);
        assertEquals(List.of(), api.arrivals());
        with(program, bobs).get("/").expect(200);
    }

    @ParameterizedTest
    @EnumSource
    void aKeyForAnotherApiIsForbidden(GatewayProgram program) {
        Answer elsewhere = make(Map.of("name", "elsewhere " + program, "audiences", List.of("app")));
        Answer here = make(Map.of("name", "here " + program, "audiences", List.of("service")));

        Answer refused = with(program, elsewhere).get("/?audience=app").expect(403);

        assertEquals("application/problem+json", refused.header("Content-Type"));
        assertEquals(List.of(), api.arrivals());
        with(program, here).get("/").expect(200);
    }

    @ParameterizedTest
    @EnumSource
    void theRequestItselfArrivesUnchanged(GatewayProgram program) {
        ApiClient caller = with(program, realm.createKey("alice", "requests " + program));
        String target = "/or%20ders/a%2Fb/%C3%A9;v=1/?q=a%26b&q=%2B&empty=&audience=app";
        String body = "{\"text\":\"é" + "x".repeat(100_000) + "\"}";
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
            api.forget();
            caller.send(method, target, "application/json", body).expect(200);

            Arrival arrival = api.only();
            assertEquals(method, arrival.method());
            assertEquals(target, arrival.target());
            assertEquals(body, arrival.body());
            assertEquals("application/json", arrival.header("content-type"));
        }
        api.forget();
        caller.send("HEAD", target, null, null).expect(200);
        assertEquals("HEAD", api.only().method());
    }

    @ParameterizedTest
    @EnumSource
    void aTokenDecidesWhereBothAreSent(GatewayProgram program) {
        ApiClient caller = with(program, realm.createKey("alice", "beside " + program));
        String bobs = realm.passwordToken("bob").expect(200).text("access_token");

        caller.as("junk").get("/").expect(401);
        caller.as(bobs).get("/").expect(200);

        assertEquals("bob", api.only().header("x-auth-username"));
        assertEquals("Bearer " + bobs, api.only().header("authorization"));
    }

    @ParameterizedTest
    @EnumSource
    void aPublishableKeyPassesFromItsOriginWithoutAToken(GatewayProgram program) {
        Answer key = make(Map.of(
                "name", "page " + program, "kind", "publishable", "allowedOrigins", List.of("https://shop.test")));

        with(program, key).with("Origin", "https://evil.test").get("/").expect(401);
        with(program, key).with("Origin", "https://shop.test").get("/").expect(200);

        Arrival arrival = api.only();
        assertEquals(key.text("id"), arrival.header("x-auth-key-id"));
        assertFalse(arrival.headers().containsKey("authorization"), arrival::toString);
        assertEquals("https://shop.test", arrival.header("origin"));
    }

    @ParameterizedTest
    @EnumSource
    void theAddressOfTheCallerIsWhatTheGatewaySees(GatewayProgram program) {
        Answer here = make(Map.of("name", "here at " + program, "allowedIps", List.of("127.0.0.1/32")));
        Answer there = make(Map.of("name", "there at " + program, "allowedIps", List.of("192.0.2.0/24")));

        with(program, here).with("X-Forwarded-For", "192.0.2.1").get("/").expect(200);
        with(program, there).with("X-Forwarded-For", "192.0.2.1").get("/").expect(401);
        with(program, there).with("Forwarded", "for=192.0.2.1").get("/").expect(401);
    }

    @ParameterizedTest
    @EnumSource
    void callersSeeTheirLimitsAndAreToldToWait(GatewayProgram program) {
        realm.user("dora-" + program);
        ApiClient caller = with(program, realm.createKey("dora-" + program, "limited"));
        realm.policy(Map.of("maxKeys", 100, "kinds", List.of("secret", "publishable"), "rateLimit", "2/h"));
        try {
            assertEquals("\"key\";r=1;t=1800", caller.get("/").expect(200).header("RateLimit"));
            Answer last = caller.with("RateLimit", "\"forged\"").get("/").expect(200);
            assertEquals(List.of("\"key\";r=0;t=3600"), last.headers().allValues("RateLimit"));
            assertEquals("\"key\";q=2;w=3600", last.header("RateLimit-Policy"));

            Answer beyond = caller.get("/").expect(429);

            assertTrue(beyond.header("RateLimit").startsWith("\"key\";r=0;t="), beyond::toString);
            assertEquals("\"key\";q=2;w=3600", beyond.header("RateLimit-Policy"));
            assertTrue(Integer.parseInt(beyond.header("Retry-After")) > 1700, beyond::toString);
            assertEquals("application/problem+json", beyond.header("Content-Type"));
            assertEquals(2, api.arrivals().size());
        } finally {
            realm.policy(Map.of("maxKeys", 100, "kinds", List.of("secret", "publishable")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoKeysAreNone(GatewayProgram program) throws IOException {
        String first = realm.createKey("alice", "first of two at " + program).text("key");
        String second = realm.createKey("alice", "second of two at " + program).text("key");

        String lines = gateway(program)
                .raw(
                        "GET / HTTP/1.1",
                        "Host: api.test",
                        "Connection: close",
                        "X-API-Key: " + first,
                        "X-API-Key: " + second);

        assertTrue(lines.startsWith("HTTP/1.1 401"), lines);
        for (String both : List.of(first + ", " + second, first + "," + first)) {
            gateway(program).caller().with("X-API-Key", both).get("/").expect(401);
        }
        assertEquals(List.of(), api.arrivals());
        gateway(program).caller().with("X-API-Key", first).get("/").expect(200);
    }

    @ParameterizedTest
    @EnumSource
    void tokenWithTooManyRolesIsRefusedForGoodAndSaysWhy(GatewayProgram program) {
        if (ruler == null) {
            new RealmSetup(realm).giveNewRoles(realm.user("ruler"), 250);
            ruler = realm.createKey("ruler", "many roles");
        }

        Answer refused = with(program, ruler).get("/").expect(403);

        assertTrue(refused.text().contains("/problems/token-too-large"), refused::toString);
        assertEquals("", refused.header("Retry-After"));
        assertEquals(List.of(), api.arrivals());
    }

    private Gateway gateway(GatewayProgram program) {
        String authority = URI.create(LatchkeyServer.url()).getAuthority();
        return GATEWAYS.computeIfAbsent(
                program,
                missing -> Resources.ofClass(Gateway.start(missing, authority, realm.name(), api.authority())));
    }

    private ApiClient with(GatewayProgram program, Answer key) {
        return gateway(program).caller().with("X-API-Key", key.text("key"));
    }

    private static Answer make(Map<String, ?> key) {
        return realm.signedIn("alice").post(realm.keys(), key).expect(201);
    }

    /** As an API would: signature, issuer, lifetime. */
    private AccessToken verified(String authorization) throws Exception {
        String issuer = LatchkeyServer.url() + "/realms/" + realm.name();
        byte[] encoded = Base64.getDecoder()
                .decode(realm.anyone().get("/realms/" + realm.name()).text("public_key"));
        PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded));
        assertTrue(authorization.startsWith("Bearer "), authorization);
        return TokenVerifier.create(authorization.substring("Bearer ".length()), AccessToken.class)
                .withDefaultChecks()
                .realmUrl(issuer)
                .publicKey(key)
                .verify()
                .getToken();
    }
}
