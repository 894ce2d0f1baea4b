package io.latchkey.forwardauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.forwardauth.RecordingServer.Arrival;
import io.latchkey.forwardauth.RecordingServer.Reply;
import io.latchkey.it.ApiClient;
import io.latchkey.it.ApiClient.Answer;
import io.latchkey.it.Eventually;
import io.latchkey.it.LatchkeyServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What gateways say to Keycloak when a call is over that credits were reserved for. */
class SettlementIT {

    private static final String KEY = "test_sk_" + "k".repeat(50);
    private static final Pattern RESERVATION = Pattern.compile("\\{\"reservation\":\"([^\"]*)\"}");
    private static final String CREDITS = "/realms/demo/api-keys/credits/";

    private static final RecordingServer KEYCLOAK = new RecordingServer();
    private static final RecordingServer API = new RecordingServer();
    private static final Map<GatewayProgram, Gateway> GATEWAYS = new EnumMap<>(GatewayProgram.class);

    private final BlockingQueue<Ending> endings = new LinkedBlockingQueue<>();
    private final AtomicInteger reserved = new AtomicInteger();

    /** @param how settle or release */
    private record Ending(String how, String reservation) {}

    @AfterAll
    static void stopEverything() {
        GATEWAYS.values().forEach(Gateway::close);
        GATEWAYS.clear();
        KEYCLOAK.close();
        API.close();
    }

    @BeforeEach
    void allIsWell() {
        API.forget();
        KEYCLOAK.reply(asked -> asked.target().startsWith(CREDITS) ? ended(asked) : reserved());
        API.reply(200, Map.of(), "done");
    }

    private Reply reserved() {
        String id = "r-" + reserved.incrementAndGet();
        return new Reply(200, Map.of("Authorization", "Bearer token", "X-Auth-Reservation", id), "");
    }

    private Reply ended(Arrival asked) {
        assertEquals("POST", asked.method());
        assertEquals("Basic " + Gateway.CREDENTIALS, asked.header("authorization"));
        assertEquals("application/json", asked.header("content-type"));
        Matcher each = RESERVATION.matcher(asked.body());
        while (each.find()) {
            endings.add(new Ending(how(asked), each.group(1)));
        }
        return new Reply(200, Map.of(), "");
    }

    /** HAProxy says several at once. */
    private static String how(Arrival asked) {
        return asked.target().substring(CREDITS.length()).replace("/batch", "");
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX_CREDITS", "HAPROXY"})
    void theAnswerOfTheApiDecides(GatewayProgram program) throws InterruptedException {
        ApiClient caller = caller(program);
        for (int status : List.of(200, 201, 204, 302, 303, 400, 401, 403, 404, 429, 500, 502, 503)) {
            for (String method : List.of("GET", "HEAD", "POST", "DELETE")) {
                String text = status == 204 ? "" : "answer";
                API.reply(status, Map.of("X-Reason", "mine"), text);

                Answer answer = caller.send(method, "/orders", "text/plain", method.equals("POST") ? "order" : null)
                        .expect(status);

                assertEquals("mine", answer.header("X-Reason"));
                assertEquals(method.equals("HEAD") ? "" : text, answer.text());
                assertEquals(new Ending(status < 400 ? "settle" : "release", "r-" + reserved), ending());
            }
        }
        assertNull(endings.poll());
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX_CREDITS", "HAPROXY"})
    void whoHangsUpBeforeTheAnswerPaysAllTheSame(GatewayProgram program) throws Exception {
        CountDownLatch waiting = new CountDownLatch(10);
        CountDownLatch worked = new CountDownLatch(1);
        API.reply(call -> call.target().equals("/slow") ? slow(waiting, worked) : new Reply(200, Map.of(), ""));
        List<Socket> callers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            callers.add(gateway(program).connect());
            callers.get(i).getOutputStream().write(request("/slow"));
        }
        assertTrue(waiting.await(10, TimeUnit.SECONDS));

        hangUp(callers);
        // When this one is served, the gateway has seen what happened before.
        caller(program).get("/quick").expect(200);
        assertEquals(new Ending("settle", "r-11"), ending());
        worked.countDown();

        Set<Ending> all = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            Ending ending = ending();
            assertEquals("settle", ending.how());
            all.add(ending);
        }
        assertEquals(10, all.size());
    }

    private static void hangUp(List<Socket> callers) throws IOException {
        for (Socket caller : callers) {
            caller.setSoLinger(true, 0);
            caller.close();
        }
    }

    private static Reply slow(CountDownLatch waiting, CountDownLatch worked) {
        waiting.countDown();
        try {
            assertTrue(worked.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Reply(200, Map.of(), "");
    }

    private static byte[] request(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: api.test\r\nX-API-Key: " + KEY + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX_CREDITS", "HAPROXY"})
    void anApiThatIsAwayCostsNothing(GatewayProgram program) throws InterruptedException {
        String nobody = "127.0.0.1:" + LatchkeyServer.freePort();
        try (Gateway gateway = Gateway.start(program, KEYCLOAK.authority(), "demo", nobody)) {
            Answer answer = gateway.caller().with("X-API-Key", KEY).get("/");

            assertTrue(answer.status() == 502 || answer.status() == 503, answer::toString);
            assertEquals(new Ending("release", "r-1"), ending());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX_CREDITS", "HAPROXY"})
    void onlyKeycloakNamesAReservation(GatewayProgram program) throws InterruptedException {
        KEYCLOAK.reply(asked -> asked.target().startsWith(CREDITS)
                ? ended(asked)
                : asked.header("x-forwarded-uri").equals("/free") ? new Reply(200, Map.of(), "") : reserved());
        API.reply(200, Map.of("X-Auth-Reservation", "forged"), "");
        ApiClient forger = caller(program).with("X-Auth-Reservation", "forged").with("X-Forwarded-Uri", "/free");

        forger.get("/free").expect(200);
        forger.get("/paid").expect(200);

        assertEquals(new Ending("settle", "r-1"), ending());
        assertNull(endings.poll());
        API.arrivals().forEach(call -> assertEquals("", call.header("x-auth-reservation"), call::toString));
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX_CREDITS", "HAPROXY"})
    void keycloakHearsWhatTheCallIs(GatewayProgram program) {
        Set<String> calls = new TreeSet<>();
        KEYCLOAK.reply(asked -> {
            calls.add(asked.header("x-forwarded-method") + " " + asked.header("x-forwarded-uri"));
            return new Reply(200, Map.of(), "");
        });
        ApiClient caller = caller(program).with("X-Forwarded-Method", "GET").with("X-Forwarded-Uri", "/health");

        caller.send("POST", "/a%2Fb/%C3%A9;c?cost=0&q=%26", "text/plain", "body")
                .expect(200);
        caller.send("DELETE", "/", null, null).expect(200);

        assertEquals(Set.of("POST /a%2Fb/%C3%A9;c?cost=0&q=%26", "DELETE /"), calls);
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX_CREDITS", "HAPROXY"})
    void whoIsRefusedHearsWhyAndTheApiNothing(GatewayProgram program) {
        String problem = "{\"type\":\"https://latchkey.io/problems/%s\",\"status\":429}";
        Map<String, String> json = Map.of("Content-Type", "application/problem+json");
        KEYCLOAK.reply(429, json, problem.formatted("rate-limited"));
        assertEquals("rate-limited", problemAt(program));

        KEYCLOAK.reply(
                429,
                Map.of("Content-Type", "application/problem+json", "X-Auth-Credits-Cost", "2"),
                problem.formatted("credits-exhausted"));
        assertEquals("credits-exhausted", problemAt(program));
        assertEquals(List.of(), API.arrivals());
        assertNull(endings.poll());
    }

    private static String problemAt(GatewayProgram program) {
        Answer refused = caller(program).get("/").expect(429);
        assertEquals("application/problem+json", refused.header("Content-Type"));
        return refused.text("type").replace("https://latchkey.io/problems/", "");
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX_CREDITS", "HAPROXY"})
    void callersHearHowTheyStandWithEveryAnswer(GatewayProgram program) {
        Map<String, String> rateLimits = Map.of("RateLimit", "\"key\";r=3;t=1", "RateLimit-Policy", "\"key\";q=10;w=1");
        KEYCLOAK.reply(200, rateLimits, "");
        API.reply(404, Map.of(), "");

        Answer answer = caller(program).get("/").expect(404);

        rateLimits.forEach((name, value) -> assertEquals(value, answer.header(name)));
    }

    /** What has waited longest expires first. HAProxy speaks with one voice; nginx says each by itself. */
    @Test
    void whatWaitsIsSaidInItsOrder() throws InterruptedException {
        CountDownLatch slow = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        KEYCLOAK.reply(call -> {
            if (!call.target().startsWith(CREDITS)) {
                return reserved();
            }
            asked.countDown();
            slow(asked, slow);
            return ended(call);
        });
        ApiClient caller = caller(GatewayProgram.HAPROXY);
        caller.get("/").expect(200);
        assertTrue(asked.await(10, TimeUnit.SECONDS));
        for (int i = 0; i < 5; i++) {
            caller.get("/").expect(200);
        }
        slow.countDown();

        for (int i = 1; i <= 6; i++) {
            assertEquals(new Ending("settle", "r-" + i), ending());
        }
    }

    @Test
    void haproxySaysAgainWhatKeycloakCouldNotTake() throws InterruptedException {
        AtomicInteger attempts = new AtomicInteger();
        KEYCLOAK.reply(asked -> {
            if (!asked.target().startsWith(CREDITS)) {
                return reserved();
            }
            return attempts.incrementAndGet() == 1 ? new Reply(503, Map.of(), "") : ended(asked);
        });

        caller(GatewayProgram.HAPROXY).get("/").expect(200);

        assertEquals(new Ending("settle", "r-1"), ending());
        assertEquals(2, attempts.get());
    }

    /** A batch is answered with 200, also where none of it was done. */
    @Test
    void haproxyLogsWhatKeycloakRefuses() {
        String done = "{\"reservation\":\"r-1\",\"cost\":1,\"status\":200}";
        String unknown = "{\"type\":\"https://latchkey.io/problems/not-found\",\"title\":\"Not found\",\"status\":404}";
        KEYCLOAK.reply(asked -> asked.target().startsWith(CREDITS)
                ? new Reply(200, Map.of(), "{\"results\":[" + done + "," + unknown + "," + unknown + "]}")
                : reserved());
        Gateway gateway = gateway(GatewayProgram.HAPROXY);

        caller(GatewayProgram.HAPROXY).get("/").expect(200);

        Eventually.expect(() -> gateway.log().contains("Keycloak did not settle 2 reservations: 404"));
        assertFalse(gateway.log().contains("reservations: 200"), gateway::log);
    }

    private Ending ending() throws InterruptedException {
        Ending ending = endings.poll(20, TimeUnit.SECONDS);
        if (ending == null) {
            throw new AssertionError("Nothing was said");
        }
        return ending;
    }

    private static ApiClient caller(GatewayProgram program) {
        return gateway(program).caller().with("X-API-Key", KEY);
    }

    private static Gateway gateway(GatewayProgram program) {
        return GATEWAYS.computeIfAbsent(
                program, missing -> Gateway.start(missing, KEYCLOAK.authority(), "demo", API.authority()));
    }
}
