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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What gateways do when Keycloak does not say yes, or the API does not; nobody gets in by an accident. */
class GatewayFailureIT {

    private static final String KEY = "test_sk_" + "k".repeat(50);
    private static final String LIMIT = "\"key\";r=4;t=1";
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
    void allIsWell() {
        KEYCLOAK.forget();
        API.forget();
        KEYCLOAK.reply(200, Map.of("Authorization", "Bearer token", "X-Auth-Subject", "someone"), "");
        API.reply(200, Map.of(), "done");
    }

    @ParameterizedTest
    @EnumSource
    void nobodyGetsInWhileKeycloakIsAway(GatewayProgram program) {
        String nobody = "127.0.0.1:" + LatchkeyServer.freePort();
        try (Gateway gateway = Gateway.start(program, nobody, "demo", API.authority())) {
            Answer answer = gateway.caller().with("X-API-Key", KEY).get("/");

            assertTrue(answer.status() >= 502 && answer.status() <= 504, answer::toString);
            assertEquals(List.of(), API.arrivals());
            assertFalse(gateway.log().contains(KEY), gateway::log);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tooManyRequestsKeepTheirStatus(GatewayProgram program) {
        KEYCLOAK.reply(429, Map.of("Retry-After", "7", "RateLimit", LIMIT, "RateLimit-Policy", "\"key\";q=5;w=1"), "");

        Answer answer = caller(program).get("/");

        assertEquals(429, answer.status());
        assertEquals("7", answer.header("Retry-After"));
        assertEquals(List.of(LIMIT), answer.headers().allValues("RateLimit"));
        assertEquals("\"key\";q=5;w=1", answer.header("RateLimit-Policy"));
        assertEquals(List.of(), API.arrivals());
    }

    @ParameterizedTest
    @EnumSource
    void limitsAreShownWhateverTheApiAnswers(GatewayProgram program) {
        KEYCLOAK.reply(200, Map.of("RateLimit", LIMIT, "RateLimit-Policy", "\"key\";q=5;w=1"), "");
        for (int status : List.of(200, 404, 500)) {
            API.reply(status, Map.of(), "mine");

            Answer answer = caller(program).get("/").expect(status);

            assertEquals(LIMIT, answer.header("RateLimit"));
            assertEquals("\"key\";q=5;w=1", answer.header("RateLimit-Policy"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whereNothingIsLimitedNothingIsShown(GatewayProgram program) {
        Answer answer = caller(program).with("RateLimit", LIMIT).get("/").expect(200);

        assertEquals(List.of(), answer.headers().allValues("RateLimit"));
        assertEquals(List.of(), answer.headers().allValues("RateLimit-Policy"));
    }

    @ParameterizedTest
    @EnumSource
    void onlyAGoodAnswerOpens(GatewayProgram program) {
        for (int status : List.of(302, 400, 401, 403, 404, 405, 500, 503)) {
            KEYCLOAK.reply(status, Map.of("Location", "/elsewhere"), "");

            Answer answer = caller(program).get("/");

            assertTrue(answer.status() >= 300, answer::toString);
            assertEquals(List.of(), API.arrivals(), "after " + status);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keycloakIsToldWhatItDecidesByAndNoMore(GatewayProgram program) {
        caller(program)
                .with("Cookie", "session=secret")
                .with("Origin", "https://shop.test")
                .with("X-Forwarded-For", "192.0.2.1")
                .with("X-Forwarded-Host", "forged.test")
                .with("X-Forwarded-Port", "666")
                .with("X-Forwarded-Ssl", "on")
                .with("X-Forwarded-Proto", "https")
                .with("Forwarded", "for=192.0.2.1;host=forged.test;proto=https")
                .send("POST", "/orders?audience=other", "text/plain", "a private order")
                .expect(200);

        assertDecidesBy(KEYCLOAK.only(), program);
        assertEquals("a private order", API.only().body());
        assertEquals("session=secret", API.only().header("cookie"));
    }

    private static void assertDecidesBy(Arrival asked, GatewayProgram program) {
        assertEquals("GET", asked.method());
        // Where nothing is said of how a call went, it is charged at once.
        boolean silent = program == GatewayProgram.CADDY || program == GatewayProgram.NGINX;
        String settle = silent ? "&settle=true" : "";
        assertEquals("/realms/demo/api-keys/forward-auth?audience=service" + settle, asked.target());
        assertEquals("", asked.body());
        assertEquals(KEY, asked.header("x-api-key"));
        assertEquals("https://shop.test", asked.header("origin"));
        assertEquals("127.0.0.1", asked.header("x-forwarded-for"));
        assertEquals("http", asked.header("x-forwarded-proto"));
        assertEquals(KEYCLOAK.authority(), asked.header("host"));
        assertEquals(KEYCLOAK.authority(), asked.header("x-forwarded-host"));
        for (String none : List.of(
                "cookie", "forwarded", "x-forwarded-port", "x-forwarded-ssl", "authorization", "transfer-encoding")) {
            assertEquals("", asked.header(none), none);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keycloakSeesEveryKeyAndEveryTokenThatWasSent(GatewayProgram program) throws IOException {
        gateway(program)
                .raw(
                        "GET / HTTP/1.1",
                        "Host: api.test",
                        "Connection: close",
                        "X-API-Key: " + KEY,
                        "X-API-Key: other",
                        "Origin: https://shop.test",
                        "Origin: https://evil.test");

        assertEquals(List.of(KEY, "other"), values(KEYCLOAK.only(), "x-api-key"));
        assertEquals(List.of("https://shop.test", "https://evil.test"), values(KEYCLOAK.only(), "origin"));
    }

    private static List<String> values(Arrival arrival, String header) {
        return List.of(arrival.header(header).split(", ?"));
    }

    @ParameterizedTest
    @EnumSource
    void tokenThatDoesNotFitIsALastingRefusalThatSaysWhy(GatewayProgram program) {
        Map<String, String> headers = Map.of("X-Auth-Problem", "token-too-large", "Retry-After", "");
        KEYCLOAK.reply(403, headers, "{\"type\":\"https://latchkey.io/problems/token-too-large\"}");

        Answer answer = caller(program).get("/").expect(403);

        assertEquals(
                "https://latchkey.io/problems/token-too-large",
                answer.json().path("type").asText());
        assertEquals(List.of(), API.arrivals());
    }

    /** A client can name headers that are for the next hop only, and proxies leave those out. */
    @ParameterizedTest
    @EnumSource
    void nobodyTakesAwayWhatTheGatewaySays(GatewayProgram program) throws IOException {
        String answer = gateway(program)
                .raw(
                        "GET / HTTP/1.1",
                        "Host: api.test",
                        "X-API-Key: " + KEY,
                        "Connection: close, Authorization, X-Auth-Subject, X-Forwarded-For",
                        "Connection: upgrade");

        assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
        assertEquals("Bearer token", API.only().header("authorization"));
        assertEquals("someone", API.only().header("x-auth-subject"));
        assertEquals("127.0.0.1", API.only().header("x-forwarded-for"));
    }

    @ParameterizedTest
    @EnumSource
    void aLongTokenFits(GatewayProgram program) {
        String token = "Bearer " + "t".repeat(20_000);
        KEYCLOAK.reply(200, Map.of("Authorization", token, "X-Auth-Subject", "someone"), "");

        caller(program).get("/").expect(200);

        assertEquals(token, API.only().header("authorization"));
    }

    @ParameterizedTest
    @EnumSource
    void theApiHasItsOwnErrors(GatewayProgram program) {
        for (int status : List.of(401, 403, 404, 429, 500, 503)) {
            API.reply(status, Map.of("WWW-Authenticate", "Api", "X-Reason", "mine"), "my error");

            Answer answer = caller(program).get("/").expect(status);

            assertEquals("my error", answer.text());
            assertEquals("mine", answer.header("X-Reason"));
            assertEquals("Api", answer.header("WWW-Authenticate"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anApiThatIsAwayIsABadGateway(GatewayProgram program) {
        String nobody = "127.0.0.1:" + LatchkeyServer.freePort();
        try (Gateway gateway = Gateway.start(program, KEYCLOAK.authority(), "demo", nobody)) {
            Answer answer = gateway.caller().with("X-API-Key", KEY).get("/");

            assertTrue(answer.status() == 502 || answer.status() == 503, answer::toString);
            assertFalse(gateway.log().contains(KEY), gateway::log);
        }
    }

    private static ApiClient caller(GatewayProgram program) {
        return gateway(program).caller().with("X-API-Key", KEY);
    }

    private static Gateway gateway(GatewayProgram program) {
        return GATEWAYS.computeIfAbsent(
                program, missing -> Gateway.start(missing, KEYCLOAK.authority(), "demo", API.authority()));
    }
}
