package io.latchkey.forwardauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.forwardauth.RecordingServer.Arrival;
import io.latchkey.it.ApiClient;
import io.latchkey.it.ApiClient.Answer;
import io.latchkey.it.LatchkeyServer;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What gateways let through to an API without asking Keycloak, and what a page of another origin may read of the rest. */
class GatewayCorsIT {

    private static final String KEY = "test_pk_" + "k".repeat(50);
    private static final Map<String, String> REFUSAL = Map.of(
            "Retry-After", "7",
            "Access-Control-Allow-Origin", "*",
            "Access-Control-Expose-Headers", "Retry-After, RateLimit, RateLimit-Policy, WWW-Authenticate");
    private static final RecordingServer KEYCLOAK = new RecordingServer();
    private static final RecordingServer API = new RecordingServer();
    private static final Map<GatewayProgram, Gateway> GATEWAYS = new EnumMap<>(GatewayProgram.class);

    @AfterAll
    static void stopEverything() {
        GATEWAYS.values().forEach(Gateway::close);
        GATEWAYS.clear();
        KEYCLOAK.close();
        API.close();
    }

    @BeforeEach
    void keycloakRefusesEverything() {
        KEYCLOAK.forget();
        API.forget();
        KEYCLOAK.reply(401, REFUSAL, "");
        API.reply(200, Map.of("Access-Control-Allow-Origin", "https://shop.test"), "mine");
    }

    @ParameterizedTest
    @EnumSource
    void preflightReachesTheApiWithoutIdentity(GatewayProgram program) {
        Answer answer =
                preflight(program).send("OPTIONS", "/orders/7?q=1", null, null).expect(200);

        assertEquals(List.of("https://shop.test"), answer.headers().allValues("Access-Control-Allow-Origin"));
        assertEquals(List.of(), KEYCLOAK.arrivals());
        assertEquals("OPTIONS", API.only().method());
        assertEquals("/orders/7?q=1", API.only().target());
        assertEquals("https://shop.test", API.only().header("origin"));
        assertEquals("x-api-key", API.only().header("access-control-request-headers"));
        assertIsAnonymous(API.only());
    }

    @ParameterizedTest
    @EnumSource
    void otherRequestWithTheHeadersOfAPreflightIsDecided(GatewayProgram program) {
        for (String method : List.of("GET", "POST", "DELETE")) {
            preflight(program).send(method, "/", null, null).expect(401);
        }
        caller(program)
                .with("Origin", "https://shop.test")
                .send("OPTIONS", "/", null, null)
                .expect(401);
        caller(program)
                .with("Access-Control-Request-Method", "GET")
                .send("OPTIONS", "/", null, null)
                .expect(401);

        assertEquals(List.of(), API.arrivals());
    }

    @ParameterizedTest
    @EnumSource
    void metadataOfTheApiIsReadWithoutAKey(GatewayProgram program) {
        for (String path : List.of("", "/orders", "/v1.2/orders", "?x=/../y")) {
            API.forget();
            caller(program)
                    .with("Authorization", "Bearer forged")
                    .get("/.well-known/oauth-protected-resource" + path)
                    .expect(200);

            assertEquals(
                    "/.well-known/oauth-protected-resource" + path, API.only().target());
            assertIsAnonymous(API.only());
        }
        assertEquals(List.of(), KEYCLOAK.arrivals());
    }

    static Stream<Arguments> escapes() {
        return Stream.of(
                        "/.well-known/oauth-protected-resource/../../orders",
                        "/.well-known/oauth-protected-resource/..;/..;/orders",
                        "/.well-known/oauth-protected-resource/%2e%2e/%2e%2e/orders",
                        "/.well-known/oauth-protected-resource/..%2f..%2forders",
                        "/.well-known/oauth-protected-resource/..\\..\\orders",
                        "/.well-known/oauth-protected-resource;/../../orders",
                        "/.well-known/oauth-protected-resource//orders",
                        "/.well-known/oauth-protected-resources",
                        "/.well-known/oauth-protected-resource.json",
                        "/.well-known/oauth-protected-resource%2f..%2f..%2forders",
                        "//.well-known/oauth-protected-resource",
                        "/orders/.well-known/oauth-protected-resource",
                        "/orders?/.well-known/oauth-protected-resource")
                .flatMap(path -> Stream.of(GatewayProgram.values()).map(program -> Arguments.of(program, path)));
    }

    @ParameterizedTest
    @MethodSource("escapes")
    void pathThatMayLeadElsewhereIsDecided(GatewayProgram program, String path) throws IOException {
        String answer = gateway(program).raw("GET " + path + " HTTP/1.1", "Host: api.test", "Connection: close");

        assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
        assertEquals(List.of(), API.arrivals());
    }

    @ParameterizedTest
    @EnumSource
    void pageOfAnotherOriginReadsRefusals(GatewayProgram program) {
        for (int status : List.of(401, 403, 429, 503)) {
            KEYCLOAK.reply(status, REFUSAL, "");

            Answer answer =
                    caller(program).with("Origin", "https://shop.test").get("/").expect(status);

            assertEquals(List.of("*"), answer.headers().allValues("Access-Control-Allow-Origin"));
            assertTrue(answer.header("Access-Control-Expose-Headers").contains("Retry-After"), answer::toString);
            assertEquals("7", answer.header("Retry-After"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void pageOfAnotherOriginReadsThatKeycloakIsAway(GatewayProgram program) {
        String nobody = "127.0.0.1:" + LatchkeyServer.freePort();
        try (Gateway gateway = Gateway.start(program, nobody, "demo", API.authority())) {
            Answer answer = gateway.caller().with("X-API-Key", KEY).get("/");

            assertTrue(answer.status() >= 502, answer::toString);
            assertEquals(List.of("*"), answer.headers().allValues("Access-Control-Allow-Origin"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void pageOfAnotherOriginReadsThatTheApiIsAway(GatewayProgram program) {
        KEYCLOAK.reply(200, Map.of(), "");
        String nobody = "127.0.0.1:" + LatchkeyServer.freePort();
        try (Gateway gateway = Gateway.start(program, KEYCLOAK.authority(), "demo", nobody)) {
            Answer answer = gateway.caller().with("X-API-Key", KEY).get("/");

            assertTrue(answer.status() == 502 || answer.status() == 503, answer::toString);
            assertEquals(List.of("*"), answer.headers().allValues("Access-Control-Allow-Origin"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void apiAnswersPagesByItself(GatewayProgram program) {
        KEYCLOAK.reply(200, Map.of(), "");

        Answer answer =
                caller(program).with("Origin", "https://shop.test").get("/").expect(200);

        assertEquals(List.of("https://shop.test"), answer.headers().allValues("Access-Control-Allow-Origin"));

        API.reply(503, Map.of(), "mine");
        Answer failure = caller(program).get("/").expect(503);

        assertEquals("mine", failure.text());
        assertEquals(List.of(), failure.headers().allValues("Access-Control-Allow-Origin"));
    }

    @ParameterizedTest
    @EnumSource
    void preflightForAnyTokenAsMethodReachesTheApi(GatewayProgram program) {
        for (String method : List.of("M-SEARCH", "x.y_z", "A1!#$%&'*+^`|~")) {
            caller(program)
                    .with("Origin", "https://shop.test")
                    .with("Access-Control-Request-Method", method)
                    .send("OPTIONS", "/", null, null)
                    .expect(200);
        }
        assertEquals(3, API.arrivals().size());
    }

    @ParameterizedTest
    @EnumSource
    void forwardedHeadersWithUnderscoresNeverArrive(GatewayProgram program) {
        KEYCLOAK.reply(200, Map.of(), "");

        caller(program)
                .with("X_Forwarded_For", "forged")
                .with("X-Forwarded_For", "forged")
                .with("X_Forwarded_User", "forged")
                .get("/")
                .expect(200);

        assertFalse(API.only().toString().contains("forged"), API.only()::toString);
    }

    @ParameterizedTest
    @EnumSource
    void identityThatCallersClaimNeverArrives(GatewayProgram program) {
        KEYCLOAK.reply(200, Map.of(), "");

        forged(caller(program)).get("/").expect(200);
        forged(caller(program)).get("/.well-known/oauth-protected-resource").expect(200);
        forged(preflight(program)).send("OPTIONS", "/", null, null).expect(200);

        assertEquals(3, API.arrivals().size());
        assertFalse(API.arrivals().toString().contains("forged"), API.arrivals()::toString);
    }

    private static ApiClient forged(ApiClient caller) {
        ApiClient forger = caller;
        for (String name : List.of(
                "X-Auth-Max-Age",
                "X-Auth-Problem",
                "X-Auth-Roles",
                "X-Auth-Request-Preferred-Username",
                "X-Forwarded-User",
                "X-Forwarded-Email",
                "X-Forwarded-Preferred-Username",
                "X-Remote-User",
                "Remote-User")) {
            forger = forger.with(name, "forged").with(name.replace('-', '_'), "forged");
        }
        return forger;
    }

    private static void assertIsAnonymous(Arrival arrival) {
        for (String none : List.of("authorization", "x-api-key", "x-auth-subject", "x_auth_subject", "x-auth-key-id")) {
            assertEquals("", arrival.header(none), none);
        }
        assertFalse(arrival.toString().contains("forged"), arrival::toString);
        assertEquals("127.0.0.1", arrival.header("x-forwarded-for"));
    }

    private static ApiClient preflight(GatewayProgram program) {
        return caller(program)
                .with("Origin", "https://shop.test")
                .with("Access-Control-Request-Method", "GET")
                .with("Access-Control-Request-Headers", "x-api-key")
                .with("Authorization", "Bearer forged")
                .with("X-Auth-Subject", "forged")
                .with("X_Auth_Subject", "forged")
                .with("X.Auth.Subject", "forged")
                .with("X-Forwarded-For", "192.0.2.1");
    }

    private static ApiClient caller(GatewayProgram program) {
        return gateway(program).caller().with("X-API-Key", KEY);
    }

    private static Gateway gateway(GatewayProgram program) {
        return GATEWAYS.computeIfAbsent(
                program, missing -> Gateway.start(missing, KEYCLOAK.authority(), "demo", API.authority()));
    }
}
