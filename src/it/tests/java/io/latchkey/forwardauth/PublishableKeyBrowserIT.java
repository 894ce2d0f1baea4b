package io.latchkey.forwardauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.latchkey.console.Chromium;
import io.latchkey.forwardauth.RecordingServer.Arrival;
import io.latchkey.forwardauth.RecordingServer.Reply;
import io.latchkey.it.LatchkeyServer;
import io.latchkey.it.RealmFixture;
import io.latchkey.it.Resources;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A page in a real browser calls an API of another origin with a publishable key, through a real gateway. */
class PublishableKeyBrowserIT {

    private static final String FETCH = """
            async ([url, key]) => {
                const answer = await fetch(url, {headers: {'X-API-Key': key}});
                return [answer.status, answer.headers.get('Retry-After') ?? '', await answer.text()].join('|');
            }""";

    private static final Map<GatewayProgram, Gateway> GATEWAYS = new EnumMap<>(GatewayProgram.class);
    private static RealmFixture realm;
    private static RecordingServer api;
    private static RecordingServer shop;
    private static RecordingServer elsewhere;

    @BeforeAll
    static void startEverything() {
        boolean found = Chromium.find().isPresent() && Chromium.node().isPresent();
        assumeTrue(Chromium.isRequired() || found, "No Chromium or no Node.js is found");
        api = Resources.ofClass(new RecordingServer());
        api.reply(PublishableKeyBrowserIT::answer);
        shop = page();
        elsewhere = page();
        realm = RealmFixture.create(Map.of("latchkey.kinds", "secret publishable"));
    }

    @BeforeEach
    void forgetCalls() {
        api.forget();
    }

    private static RecordingServer page() {
        RecordingServer server = Resources.ofClass(new RecordingServer());
        server.reply(200, Map.of("Content-Type", "text/html"), "<!doctype html><title>shop</title>");
        return server;
    }

    /** As an API that any page may call. */
    private static Reply answer(Arrival call) {
        Map<String, String> cors =
                Map.of("Access-Control-Allow-Origin", "*", "Access-Control-Allow-Headers", "x-api-key");
        return new Reply(200, cors, call.method().equals("OPTIONS") ? "" : "orders");
    }

    @ParameterizedTest
    @EnumSource
    void pageOfAnAllowedOriginReadsTheApi(GatewayProgram program) {
        String key = key("reader-" + program);

        assertEquals("200||orders", fetch(program, shop, key));

        List<String> methods = api.arrivals().stream().map(Arrival::method).toList();
        assertEquals(List.of("OPTIONS", "GET"), methods);
        assertEquals("", api.arrivals().get(0).header("x-auth-subject"));
        assertFalse(api.arrivals().get(1).header("x-auth-subject").isEmpty());
        assertEquals("", api.arrivals().get(1).header("x-api-key"));
    }

    @ParameterizedTest
    @EnumSource
    void pageOfAnotherOriginReadsThatItIsRefused(GatewayProgram program) {
        String answer = fetch(program, elsewhere, key("stranger-" + program));

        assertTrue(answer.startsWith("401||{"), answer);
        assertEquals(
                List.of("OPTIONS"), api.arrivals().stream().map(Arrival::method).toList());
    }

    @ParameterizedTest
    @EnumSource
    void pageReadsHowLongToWait(GatewayProgram program) {
        String key = key("hasty-" + program);
        realm.policy(Map.of("kinds", List.of("secret", "publishable"), "rateLimit", "1/h"));
        try {
            assertEquals("200||orders", fetch(program, shop, key));

            String[] answer = fetch(program, shop, key).split("\\|");

            assertEquals("429", answer[0]);
            assertTrue(Integer.parseInt(answer[1]) > 3000, answer[1]);
        } finally {
            realm.policy(Map.of("kinds", List.of("secret", "publishable")));
        }
    }

    private String fetch(GatewayProgram program, RecordingServer origin, String key) {
        String authority = URI.create(LatchkeyServer.url()).getAuthority();
        Gateway gateway = GATEWAYS.computeIfAbsent(
                program,
                missing -> Resources.ofClass(Gateway.start(missing, authority, realm.name(), api.authority())));
        try (BrowserContext context = Chromium.ofRun().browser().newContext()) {
            Page page = context.newPage();
            page.navigate("http://" + origin.authority() + "/");
            return (String) page.evaluate(FETCH, List.of(gateway.url() + "/orders", key));
        }
    }

    private static String key(String owner) {
        realm.user(owner);
        return realm.signedIn(owner)
                .post(
                        realm.keys(),
                        Map.of(
                                "name", "in the page",
                                "kind", "publishable",
                                "allowedOrigins", List.of("http://" + shop.authority())))
                .expect(201)
                .text("key");
    }
}
