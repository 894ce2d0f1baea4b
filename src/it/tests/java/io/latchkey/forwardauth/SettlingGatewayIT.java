package io.latchkey.forwardauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.it.ApiClient;
import io.latchkey.it.ApiClient.Answer;
import io.latchkey.it.Eventually;
import io.latchkey.it.LatchkeyServer;
import io.latchkey.it.NeedsCredits;
import io.latchkey.it.PaidRealm;
import io.latchkey.it.RealmFixture;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gateways that charge for what succeeds, before a real Keycloak. */
@NeedsCredits
class SettlingGatewayIT {

    private static final int CALLERS = 8;
    private static final int CALLS = 50;

    private static PaidRealm paid;

    @BeforeAll
    static void createRealm() {
        paid = new PaidRealm(RealmFixture.create(Map.of("latchkey.max-keys", "100")));
        paid.gateway("service");
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX_CREDITS", "HAPROXY"})
    void theOwnerPaysForEverySuccessAndForNothingElse(GatewayProgram program) throws Exception {
        String api = "half-" + program;
        String key = customer(program, "busy", api, 1000);
        try (HalfServer half = new HalfServer();
                Gateway gateway = start(program, api, half.authority())) {
            callAtOnce(gateway.caller().with("X-API-Key", key));

            assertEquals(CALLERS * CALLS, half.calls());
            assertEquals(CALLERS * CALLS / 2, half.successes());
            Eventually.expect(() -> paid.at(api, "spent").compareTo(half.earned()) == 0);
            BigDecimal left = new BigDecimal(1000).subtract(half.earned());
            Eventually.expect(() -> remaining("busy-" + program).compareTo(left) == 0);
            assertEquals(0, paid.at(api, "spent").compareTo(half.earned()));
        }
    }

    private static void callAtOnce(ApiClient caller) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                all.add(threads.submit(() -> callInTurn(caller)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void callInTurn(ApiClient caller) {
        for (int i = 0; i < CALLS; i++) {
            switch (i % 3) {
                case 0 -> caller.get("/search/books?q=1");
                case 1 -> caller.send("POST", "/batch", "text/plain", "b".repeat(i * 1000));
                default -> caller.send("DELETE", "/books/1", null, null);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX_CREDITS", "HAPROXY"})
    void aCallThatFailsGivesItsPriceBack(GatewayProgram program) {
        String api = "poor-" + program;
        String key = customer(program, "poor", api, 1);
        try (RecordingServer server = new RecordingServer();
                Gateway gateway = start(program, api, server.authority())) {
            ApiClient caller = gateway.caller().with("X-API-Key", key);
            server.reply(500, Map.of(), "");
            caller.get("/books").expect(500);
            server.reply(200, Map.of(), "");

            Eventually.expect(() -> caller.get("/books").status() == 200);

            Eventually.expect(() -> paid.at(api, "spent").compareTo(BigDecimal.ONE) == 0);
            Answer refused = caller.get("/books").expect(429);
            assertEquals("application/problem+json", refused.header("Content-Type"));
            assertTrue(refused.text("type").endsWith("/credits-exhausted"), refused::text);
            assertEquals(2, server.arrivals().size());
        }
    }

    /** A new user with an allowance at an API that is new as well; the answer is a key. */
    private static String customer(GatewayProgram program, String name, String api, int credits) {
        String username = name + "-" + program;
        paid.api(api, PaidRealm.PRICES);
        String key = paid.keyOf(username);
        paid.allow(username, api, credits, "month").expect(200);
        return key;
    }

    private static BigDecimal remaining(String username) {
        Answer own = paid.realm()
                .signedIn(username)
                .get(paid.realm().keys() + "/credits")
                .expect(200);
        return new BigDecimal(own.json().at("/0/remaining").asText());
    }

    private Gateway start(GatewayProgram program, String audience, String api) {
        String authority = URI.create(LatchkeyServer.url()).getAuthority();
        return Gateway.start(program, authority, paid.realm().name(), audience, api);
    }
}
