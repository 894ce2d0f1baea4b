package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import io.latchkey.server.ServerFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server option gives the place of a hook to another provider, and one does not exist. */
class HookMissingIT {

    private static final String NAME = "hook-missing";

    private static RealmFixture realm;

    @BeforeAll
    static void start() {
        LatchkeyServer.start(
                NAME,
                List.of(
                        "--spi-revoked-token--provider=infinispan",
                        "--features-disabled=token-exchange-standard",
                        "--proxy-headers=xforwarded"));
        realm = RealmFixture.create(Map.of("latchkey.keycloak-rest", "true"));
        new RealmSetup(realm).audience("app", "service");
        Flows flows = new Flows(realm);
        flows.client("strict", "direct_grant", flows.flow("strict", List.of(Flows.Step.required(Flows.KEY))));
        realm.user("alice");
    }

    @Test
    void everyEndpointAnswersHookMissing() {
        String key = ForgedKey.unknown(1);
        ApiClient holder = realm.anyone().with("X-API-Key", key);
        ApiClient master = realm.master();
        ApiCalls api = new ApiCalls(realm);

        assertAll(Stream.of(
                        realm.signedIn("alice").get(realm.keys()),
                        realm.signedIn("alice").post(realm.keys(), Map.of("name", "new")),
                        holder.get(realm.keys() + "/self"),
                        holder.get(realm.keys() + "/forward-auth"),
                        api.verify("service", Map.of("key", key)),
                        realm.anyone().form(realm.keys() + "/revoke", Map.of("token", key)),
                        master.get(realm.adminKeys()),
                        master.get(realm.adminKeys() + "/policy"),
                        master.put(realm.adminKeys() + "/policy", Map.of()),
                        realm.exchange(key),
                        api.introspect("service", key, Map.of()),
                        api.introspect("service", key, Map.of("token_type_hint", "api_key")),
                        holder.get("/realms/" + realm.name() + "/protocol/openid-connect/userinfo"),
                        holder.get(realm.admin("/users")))
                .map(answer -> () -> assertUnavailable(answer)));
    }

    @Test
    void loginWithAKeyIsRefusedAsUnavailable() {
        Answer login = realm.anyone()
                .with("X-API-Key", ForgedKey.unknown(1))
                .form(realm.token(), Map.of("grant_type", "password", "client_id", "strict"));

        assertEquals(503, login.status(), login::text);
        assertEquals("temporarily_unavailable", login.text("error"), login::text);
    }

    @Test
    void healthWarnsOfTheOptionsOfTheServer() {
        JsonNode faults = realm.master()
                .get(realm.adminKeys() + "/health")
                .expect(200)
                .json()
                .path("faults");

        assertEquals(
                List.of("hook-missing error", "token-exchange-off warning", "trusted-proxies-missing warning"),
                StreamSupport.stream(faults.spliterator(), false)
                        .map(fault -> fault.path("code").asText() + " "
                                + fault.path("severity").asText())
                        .toList());
    }

    @Test
    void keycloakItselfWorks() {
        String token = realm.passwordToken("alice").expect(200).text("access_token");

        assertTrue(realm.introspect(token).expect(200).json().path("active").asBoolean());
        realm.master().get(realm.admin("/users")).expect(200);
    }

    @Test
    void healthNamesTheHookAndWhatIsInUseInsteadOfIt() {
        Answer health = realm.master().get(realm.adminKeys() + "/health").expect(200);

        assertEquals("error", health.text("status"));
        JsonNode fault = health.json().at("/faults/0");
        assertEquals("hook-missing", fault.path("code").asText());
        assertTrue(fault.path("detail").asText().contains("the default provider of revoked-token"), health::text);
        assertTrue(fault.path("detail").asText().contains("Infinispan"), health::text);
    }

    @Test
    void theLogHasOneLineOfIt() throws IOException {
        List<String> lines = log(NAME);

        assertEquals(
                1,
                lines.stream().filter(line -> line.contains("503 hook-missing")).count());
    }

    @Test
    void anOptionThatDoesNotExistStopsTheStart() throws IOException {
        assertThrows(
                ServerFailure.class,
                () -> LatchkeyServer.start("unknown-option", List.of("--spi-latchkey--default--peper=1:AAAA"))
                        .close());

        assertTrue(
                log("unknown-option").stream()
                        .anyMatch(line ->
                                line.contains("Latchkey has no such server option: kc.spi-latchkey--default--peper. ")),
                () -> "no such line");
    }

    private static List<String> log(String name) throws IOException {
        return Files.readAllLines(LatchkeyServer.folder().resolve(name + ".log"));
    }

    private static void assertUnavailable(Answer answer) {
        assertEquals(503, answer.status(), answer::text);
        assertEquals("https://latchkey.io/problems/hook-missing", answer.text("type"), answer::text);
        assertEquals("5", answer.header("Retry-After"));
    }
}
