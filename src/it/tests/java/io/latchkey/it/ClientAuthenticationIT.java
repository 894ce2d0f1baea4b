package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.latchkey.it.ApiClient.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.jose.jws.JWSBuilder;
import org.keycloak.representations.JsonWebToken;

/** How a client proves who it is when it verifies keys and ends reservations. */
class ClientAuthenticationIT {

    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    /** Long enough for HMAC. */
    private static final String SECRET = "signing-secret-with-more-than-32-bytes";

    private static RealmFixture realm;
    private static ApiCalls api;
    private static String key;

    @BeforeAll
    static void createRealmOnce() {
        realm = RealmFixture.create(Map.of());
        RealmSetup setup = new RealmSetup(realm);
        realm.user("alice");
        key = realm.createKey("alice", "asked about").text("key");
        api = new ApiCalls(realm);
        setup.client(Map.of(
                "clientId",
                "signer",
                "secret",
                SECRET,
                "serviceAccountsEnabled",
                true,
                "clientAuthenticatorType",
                "client-secret-jwt"));
        setup.client(Map.of(
                "clientId", "certified", "serviceAccountsEnabled", true, "clientAuthenticatorType", "client-x509"));
    }

    @Test
    void formWithTheSecretOfTheClientIsAnswered() {
        Answer posted = realm.anyone()
                .form(verify(), form("key", key, "client_id", "service", "client_secret", RealmFixture.SECRET));
        Answer basic = realm.client("service").form(verify(), form("key", key, "dryRun", "true", "cost", "0.5"));

        assertEquals("valid", posted.expect(200).text("code"));
        assertEquals("valid", basic.expect(200).text("code"));
    }

    @Test
    void formWithAnAssertionIsAnsweredAndNeverFromMemory() {
        String assertion = assertion();
        Map<String, String> form = form(
                "key",
                key,
                "client_id",
                "signer",
                "client_assertion",
                assertion,
                "client_assertion_type",
                ASSERTION_TYPE);

        assertEquals("valid", realm.anyone().form(verify(), form).expect(200).text("code"));
        // An assertion is good once: an answer from memory would be 200.
        realm.anyone().form(verify(), form).expect(401);
        form.put("client_assertion", assertion());
        assertEquals("valid", realm.anyone().form(verify(), form).expect(200).text("code"));
    }

    @NeedsCredits
    @ParameterizedTest
    @ValueSource(strings = {"settle", "release"})
    void reservationsEndByTheSameAuthentication(String how) {
        String path = realm.keys() + "/credits/" + how;
        Map<String, String> posted =
                form("reservation", "?", "client_id", "service", "client_secret", RealmFixture.SECRET);
        Map<String, String> asserted =
                form("reservation", "?", "client_assertion", assertion(), "client_assertion_type", ASSERTION_TYPE);

        for (Answer answer : List.of(
                realm.anyone().form(path, posted),
                realm.anyone().form(path, asserted),
                realm.client("service").post(path, Map.of("reservation", "?")),
                realm.client("service")
                        .post(path + "/batch", Map.of("requests", List.of(Map.of("reservation", "?")))))) {
            assertTrue(answer.expect(400).json().at("/errors/0/field").asText().endsWith("reservation"), answer::text);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "key=x&key=y              | key",
                "audience=service         | key",
                "key=x&dryRun=yes         | dryRun",
                "key=x&cost=1e9           | cost",
                "key=x&ip=192.0.2.0/24    | ip",
                "key=x&nonsense=1         | nonsense",
                "key=x&requests=[]        | requests"
            })
    void fieldOfAFormIsNamed(String body, String field) {
        Answer answer = realm.client("service").send("POST", verify(), "application/x-www-form-urlencoded", body);

        assertEquals(field, answer.expect(400).json().at("/errors/0/field").asText(), answer::text);
    }

    @TestFactory
    Stream<DynamicTest> whoeverProvesNothingIsAskedForTheSecretOfAClient() {
        List<DynamicTest> tests = new ArrayList<>();
        String bearer = realm.passwordToken("alice").expect(200).text("access_token");
        List<String> paths = new ArrayList<>(List.of("/verify", "/verify/batch"));
        if (ProviderJars.hasCredits()) {
            paths.addAll(List.of("/credits/settle", "/credits/settle/batch", "/credits/release"));
        }
        for (String path : paths) {
            for (String type : List.of("application/json", "application/x-www-form-urlencoded")) {
                Map<String, ApiClient> callers = Map.of(
                        "nobody", realm.anyone(),
                        "bearer", realm.anyone().as(bearer),
                        "junk", realm.anyone().with("Authorization", "junk"),
                        "stranger", realm.client("nobody"),
                        "wrong", realm.anyone().with("Authorization", "Basic c2VydmljZTp3cm9uZw=="));
                callers.forEach((name, caller) -> tests.add(dynamicTest(path + " " + type + " " + name, () -> {
                    Answer answer = caller.send("POST", realm.keys() + path, type, "{}");

                    assertEquals(401, answer.status(), answer::text);
                    assertEquals("A confidential client has to authenticate.", answer.text("detail"));
                    assertEquals("invalid_client", answer.text("error"));
                    assertEquals(
                            List.of("Basic realm=\"" + realm.name() + "\""),
                            answer.headers().allValues("WWW-Authenticate"));
                })));
            }
        }
        return tests.stream();
    }

    @ParameterizedTest
    @CsvSource({
        "app,The client app is public",
        "signer,client-secret-jwt: send a form",
        "certified,certificate (client-x509): use mutual TLS"
    })
    void clientWhoseAuthenticatorDoesNotFitIsToldWhatDoes(String clientId, String advice) {
        Answer json = api.verify(clientId, Map.of("key", key)).expect(401);
        Answer form = realm.anyone().form(verify(), form("key", key, "client_id", clientId, "client_secret", "x"));
        Answer query = realm.anyone().post(verify() + "?client_id=" + clientId, Map.of("key", key));

        for (Answer answer : List.of(json, form, query)) {
            assertTrue(answer.expect(401).text("detail").contains(advice), answer::text);
            assertEquals("Basic realm=\"" + realm.name() + "\"", answer.header("WWW-Authenticate"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "nonsense", "a/b/c", "/", ";"})
    void otherBodyIsNoServerError(String type) {
        Answer answer = realm.client("service").send("POST", verify(), type, "{\"key\":\"x\"}");

        assertEquals(415, answer.status(), answer::text);
    }

    @Test
    void batchIsJson() {
        Answer answer = realm.client("service").form(verify() + "/batch", form("key", key));

        assertEquals(
                "Content-Type", answer.expect(415).json().at("/errors/0/field").asText());
    }

    private static String verify() {
        return realm.keys() + "/verify";
    }

    private static Map<String, String> form(String... pairs) {
        Map<String, String> form = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            form.put(pairs[i], pairs[i + 1]);
        }
        return form;
    }

    private static String assertion() {
        long now = System.currentTimeMillis() / 1000;
        JsonWebToken token = new JsonWebToken()
                .id(UUID.randomUUID().toString())
                .issuer("signer")
                .subject("signer")
                .audience(LatchkeyServer.url() + "/realms/" + realm.name())
                .iat(now)
                .exp(now + 30);
        return new JWSBuilder().jsonContent(token).hmac256(SECRET.getBytes(StandardCharsets.UTF_8));
    }
}
