package io.latchkey.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What APIs are told about keys. */
class VerifyIT {

    private static final String INVALID = "{\"valid\":false,\"code\":\"invalid_key\"}";

    private static RealmFixture realm;
    private static RealmSetup setup;
    private static ApiCalls api;
    private static String alice;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of("latchkey.max-keys", "100", "latchkey.kinds", "secret publishable"));
        setup = new RealmSetup(realm);
        api = new ApiCalls(realm);
        alice = realm.user("alice");
        setup.client(Map.of("clientId", "other", "secret", RealmFixture.SECRET));
        setup.client(Map.of(
                "clientId",
                "gateway",
                "secret",
                RealmFixture.SECRET,
                "attributes",
                Map.of("latchkey.gateway", "true")));
    }

    @BeforeEach
    void prepare() {
        setup.forgetEvents();
    }

    @Test
    void aGoodKeyIsDescribed() {
        Answer key = api.key("described", Map.of("scopes", List.of("email")));

        Answer answer = api.verify("service", Map.of("key", key.text("key"))).expect(200);

        JsonNode json = answer.json();
        assertTrue(json.path("valid").asBoolean(), answer::text);
        assertEquals("valid", json.path("code").asText());
        assertEquals(key.text("id"), json.path("keyId").asText());
        assertEquals(key.json().path("owner"), json.path("owner"));
        assertEquals("[\"email\"]", json.path("scopes").toString());
        assertEquals(key.text("expiresAt"), json.path("expiresAt").asText());
        assertTrue(json.path("credits").isNull() && json.path("limits").isNull(), answer::text);
        assertEquals("no-store", answer.header("Cache-Control"));
    }

    @Test
    void anAnswerHoldsForTenSecondsAndNeverLongerThanTheKey() {
        Instant end = Instant.now().plusSeconds(5);
        Answer endless = api.key("endless", Collections.singletonMap("expiresAt", null));
        Answer ending = api.key("ending", Map.of("expiresAt", end.toString()));

        Instant before = Instant.now();
        JsonNode first = valid("service", Map.of("key", endless.text("key")));
        JsonNode second = valid("service", Map.of("key", ending.text("key")));

        Instant until = Instant.parse(first.path("cacheUntil").asText());
        assertTrue(!until.isBefore(before.plusSeconds(9)) && until.isBefore(before.plusSeconds(40)), until::toString);
        assertTrue(first.path("expiresAt").isNull());
        assertEquals(ending.text("expiresAt"), second.path("cacheUntil").asText());
    }

    @Test
    void whatIsWrongWithAKeyIsInTheEventOnly() {
        Answer disabled = api.key("disabled", Map.of("enabled", false));

        for (String key : List.of(disabled.text("key"), ForgedKey.unknown(1), "", "no key at all\n")) {
            Answer answer = api.verify("service", Map.of("key", key)).expect(200);
            assertEquals(INVALID, answer.text());
        }
        JsonNode event = setup.failures().stream()
                .filter(it -> it.path("userId").asText().equals(alice))
                .findFirst()
                .orElseThrow();
        assertEquals("api_key_disabled", event.at("/details/reason").asText());
        assertEquals("verify", event.at("/details/endpoint").asText());
        assertEquals("service", event.path("clientId").asText());
    }

    @Test
    void aKeyIsValidAtItsAudiencesOnly() {
        String key = api.key("one api", Map.of("audiences", List.of("service"))).text("key");

        valid("service", Map.of("key", key));
        valid("service", Map.of("key", key, "audience", "service"));
        assertInvalid("other", Map.of("key", key), "audience_not_allowed");
    }

    @Test
    void onlyAGatewayAsksForOtherApis() {
        String bound =
                api.key("asked for", Map.of("audiences", List.of("service"))).text("key");
        String free = api.key("asked for, unbound", Map.of()).text("key");

        valid("gateway", Map.of("key", bound, "audience", "service"));
        valid("gateway", Map.of("key", free, "audience", "other"));
        assertInvalid("gateway", Map.of("key", bound), "audience_not_allowed");
        assertInvalid("gateway", Map.of("key", free, "audience", "unknown"), "audience_not_allowed");
        setup.client(Map.of("clientId", "closed", "enabled", false));
        assertInvalid("gateway", Map.of("key", free, "audience", "closed"), "audience_not_allowed");
        assertInvalid("other", Map.of("key", bound, "audience", "service"), "audience_not_allowed");
        assertInvalid("other", Map.of("key", free, "audience", "service"), "audience_not_allowed");
    }

    @Test
    void everyScopeHasToBeCarried() {
        String key =
                api.key("scoped", Map.of("scopes", List.of("email", "phone"))).text("key");

        valid("service", Map.of("key", key, "scope", "phone email"));
        JsonNode json = api.verify("service", Map.of("key", key, "scope", "email address"))
                .expect(200)
                .json();

        assertFalse(json.path("valid").asBoolean());
        assertEquals("insufficient_scope", json.path("code").asText());
        assertEquals("[\"email\",\"phone\"]", json.path("scopes").toString());
    }

    @Test
    void aBadKeyIsInvalidWhateverItCarries() {
        String key = api.key("disabled, scoped", Map.of("scopes", List.of("email"), "enabled", false))
                .text("key");

        assertInvalid("service", Map.of("key", key, "scope", "address"), "disabled");
        assertInvalid("other", Map.of("key", key, "scope", "address", "audience", "service"), "disabled");
    }

    @Test
    void addressesAreWhatTheApiSaysTheyAre() {
        String key = api.key("bound", Map.of("allowedIps", List.of("127.0.0.0/8", "2001:db8::/32")))
                .text("key");

        valid("service", Map.of("key", key, "ip", "2001:db8::7"));
        assertInvalid("service", Map.of("key", key, "ip", "192.0.2.1"), "address_not_allowed");
        assertInvalid("service", Map.of("key", key), "address_not_allowed");
    }

    @Test
    void aPublishableKeyNeedsItsOrigin() {
        String key = api.key(
                        "in a page",
                        Map.of("kind", "publishable", "allowedOrigins", List.of("https://shop.example.org")))
                .text("key");

        JsonNode json = valid("service", Map.of("key", key, "origin", "https://SHOP.example.org:443"));

        assertEquals(0, json.path("scopes").size());
        Map<String, String> scoped = Map.of("key", key, "origin", "https://shop.example.org", "scope", "email");
        assertEquals(
                "insufficient_scope", api.verify("service", scoped).expect(200).text("code"));
        assertInvalid("service", Map.of("key", key, "origin", "https://evil.example.org"), "origin_not_allowed");
        assertInvalid("service", Map.of("key", key), "origin_not_allowed");
    }

    @Test
    void aQuestionIsNoUse() {
        Answer asked = api.key("asked", Map.of());
        Answer used = api.key("used", Map.of());

        valid("service", Map.of("key", asked.text("key"), "dryRun", true));
        valid("service", Map.of("key", used.text("key"), "ip", "192.0.2.9", "cost", 0.5));

        Eventually.expect(() -> read(used).path("uses").asLong() == 1);
        assertEquals("192.0.2.9", read(used).path("lastUsedIp").asText());
        assertEquals(0, read(asked).path("uses").asLong());
    }

    @Test
    void batchHasAResultForEachRequest() {
        Answer key = api.key("in a list", Map.of());

        JsonNode list = api.verifyBatch(
                        "service",
                        List.of(Map.of("key", "nonsense"), Map.of("key", key.text("key")), Map.of("key", "more")))
                .expect(200)
                .json()
                .path("results");

        assertEquals(3, list.size());
        assertEquals(INVALID, list.get(0).toString());
        assertEquals(key.text("id"), list.get(1).path("keyId").asText());
        assertEquals(INVALID, list.get(2).toString());
        assertEquals(
                "{\"results\":[]}",
                api.verifyBatch("service", List.of()).expect(200).text());
        List<?> hundred = Collections.nCopies(100, Map.of("key", "x"));
        assertEquals(
                100,
                api.verifyBatch("service", hundred)
                        .expect(200)
                        .json()
                        .path("results")
                        .size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|key",
                "{'key':7}|key",
                "{'key':'x','ip':'192.0.2.0/24'}|ip",
                "{'key':'x','ip':'localhost'}|ip",
                "{'key':'x','origin':'https://a.example.org/path'}|origin",
                "{'key':'x','cost':-1}|cost",
                "{'key':'x','cost':1e999}|cost",
                "{'key':'x','cost':'1'}|cost",
                "{'key':'x','dryRun':1}|dryRun",
                "{'key':'x','scope':['a']}|scope",
                "{'key':'x','token':'y'}|token",
                "[{'key':'x'}]|body",
                "7|body",
                "|body"
            })
    void whatCannotBeUnderstoodIsNamed(String body, String field) {
        Answer answer = api.verify("service", body == null ? "" : body.replace('\'', '"'))
                .expect(400);

        assertEquals(field, answer.json().at("/errors/0/field").asText(), answer::text);
        assertEquals(0, setup.failures().size());
    }

    @Test
    void listOfRequestsGetsAHintToBatch() {
        Answer answer = api.verify("service", " [{\"key\":\"x\"}]").expect(400);

        assertTrue(answer.json().at("/errors/0/detail").asText().contains("/batch"), answer::text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'requests':[{'key':'x'},{'key':'x'},{'key':'x','ip':'y'}]}|requests[2].ip",
                "{'requests':[{'key':'x'},{}]}|requests[1].key",
                "{'requests':[{'key':'x'},7]}|requests[1]",
                "{'requests':{'key':'x'}}|requests",
                "{'requests':null}|requests",
                "{'requests':[],'key':'x'}|key",
                "{}|requests",
                "[{'key':'x'}]|body"
            })
    void fieldOfABatchIsNamedWithItsPlace(String body, String field) {
        Answer answer = realm.client("service").post(realm.keys() + "/verify/batch", body.replace('\'', '"'));

        assertEquals(field, answer.expect(400).json().at("/errors/0/field").asText(), answer::text);
    }

    @Test
    void aHundredKeysAreEnough() {
        Answer answer = api.verifyBatch("service", Collections.nCopies(101, Map.of("key", "x")));

        assertEquals("requests", answer.expect(400).json().at("/errors/0/field").asText());
    }

    @Test
    void aLongListIsReadWhole() {
        String key = api.key("in a long list", Map.of()).text("key");
        String scopes = "openid ".repeat(120) + "openid";

        // More than is read before a thread waits for the rest.
        JsonNode list = api.verifyBatch("service", Collections.nCopies(100, Map.of("key", key, "scope", scopes)))
                .expect(200)
                .json()
                .path("results");

        assertEquals(100, list.size());
        list.forEach(verdict -> assertEquals("valid", verdict.path("code").asText()));
    }

    @Test
    void aBodyMayComeInPieces() throws IOException {
        String key = api.key("in pieces", Map.of()).text("key");
        URI server = URI.create(LatchkeyServer.url());

        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            String secret = Base64.getEncoder().encodeToString(("service:" + RealmFixture.SECRET).getBytes(UTF_8));
            out.write(("POST " + realm.keys()
                            + "/verify HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Basic "
                            + secret + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(UTF_8));
            for (String piece : ("{\"key\":\"" + key + "\"}").split("(?<=_)")) {
                out.flush();
                out.write((Integer.toHexString(piece.length()) + "\r\n" + piece + "\r\n").getBytes(UTF_8));
            }
            out.flush();
            out.write("0\r\n\r\n".getBytes(UTF_8));

            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 200") && answer.contains("\"valid\":true"), answer);
        }
    }

    @Test
    void theLinesOfThePageWork() {
        Answer key = api.key("on the page", Map.of());
        List<CurlLine> lines = CurlLine.of("verify.md");

        Answer one = lines.get(0).run(api.shell(key)).expect(200);
        Answer many = lines.get(1).run(api.shell(key)).expect(200);

        assertEquals(2, lines.size());
        assertEquals(key.text("id"), one.text("keyId"));
        assertEquals(key.text("id"), many.json().at("/results/1/keyId").asText());
    }

    private static JsonNode read(Answer key) {
        return realm.master()
                .get(realm.adminKeys() + "/" + key.text("id"))
                .expect(200)
                .json();
    }

    private static JsonNode valid(String caller, Map<String, ?> inquiry) {
        Answer answer = api.verify(caller, inquiry).expect(200);
        assertEquals("valid", answer.text("code"), answer::text);
        return answer.json();
    }

    private static void assertInvalid(String caller, Map<String, ?> inquiry, String reason) {
        setup.forgetEvents();
        assertEquals(INVALID, api.verify(caller, inquiry).expect(200).text());
        assertEquals(
                "api_key_" + reason,
                setup.failures().get(0).at("/details/reason").asText());
    }
}
