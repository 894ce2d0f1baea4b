package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.it.ApiClient.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server option disables the provider that decides about keys. */
class ProviderDisabledIT {

    private static final String NAME = "provider-disabled";

    private static RealmFixture realm;

    @BeforeAll
    static void start() {
        LatchkeyServer.start(NAME, List.of("--spi-latchkey--default--enabled=false"));
        realm = RealmFixture.create(Map.of("latchkey.keycloak-rest", "true"));
        new RealmSetup(realm).audience("app", "service");
        realm.user("alice");
    }

    @Test
    void everyEndpointAnswersHookMissing() {
        String key = ForgedKey.unknown(1);
        ApiClient holder = realm.anyone().with("X-API-Key", key);
        ApiCalls api = new ApiCalls(realm);

        assertUnavailable(realm.signedIn("alice").get(realm.keys()));
        assertUnavailable(holder.get(realm.keys() + "/self"));
        assertUnavailable(holder.get(realm.keys() + "/forward-auth"));
        assertUnavailable(api.verify("service", Map.of("key", key)));
        assertUnavailable(realm.master().get(realm.adminKeys()));
        assertUnavailable(realm.exchange(key));
        assertUnavailable(holder.form(realm.token(), Map.of("grant_type", RealmFixture.GRANT)));
        assertUnavailable(api.introspect("service", key, Map.of()));
        assertUnavailable(api.introspect("service", key, Map.of("token_type_hint", "api_key")));
        assertUnavailable(holder.get("/realms/" + realm.name() + "/protocol/openid-connect/userinfo"));
        assertUnavailable(holder.get(realm.admin("/users")));
    }

    @Test
    void keycloakItselfWorks() {
        String token = realm.passwordToken("alice").expect(200).text("access_token");

        assertTrue(realm.introspect(token).expect(200).json().path("active").asBoolean());
        realm.master().get(realm.admin("/users")).expect(200);
    }

    @Test
    void removalOfACredentialIsCommitted() {
        String credentials = realm.admin("/users/" + realm.user("carol") + "/credentials");
        String password =
                realm.master().get(credentials).expect(200).json().at("/0/id").asText();

        realm.master().delete(credentials + "/" + password).expect(204);

        assertEquals(0, realm.master().get(credentials).expect(200).json().size());
    }

    @Test
    void theLogHasOneErrorOfIt() throws IOException {
        List<String> lines = Files.readAllLines(LatchkeyServer.folder().resolve(NAME + ".log"));

        assertEquals(
                1,
                lines.stream()
                        .filter(line -> line.contains("ERROR") && line.contains("--spi-latchkey--default--enabled"))
                        .count());
    }

    @Test
    void healthNamesTheDisabledProvider() {
        Answer health = realm.master().get(realm.adminKeys() + "/health").expect(200);

        assertEquals("error", health.text("status"));
        assertEquals("hook-missing", health.json().at("/faults/0/code").asText());
        assertTrue(
                health.json().at("/faults/0/detail").asText().contains("--spi-latchkey--default--enabled"),
                health::text);
    }

    private static void assertUnavailable(Answer answer) {
        assertEquals(503, answer.status(), answer::text);
        assertEquals("https://latchkey.io/problems/hook-missing", answer.text("type"), answer::text);
    }
}
