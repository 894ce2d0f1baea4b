package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import io.latchkey.it.Kcadm.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line of the distribution works with keys as with anything else of Keycloak. */
class KcadmIT {

    private static RealmFixture realm;
    private static Kcadm kcadm;

    @TempDir
    static Path directory;

    @BeforeAll
    static void logIn() throws IOException, InterruptedException {
        realm = RealmFixture.create(Map.of());
        realm.user("scripted");
        kcadm = Kcadm.signedIn(directory);
    }

    @Test
    void aKeyIsMadeForSomebody() throws IOException, InterruptedException {
        JsonNode made = inRealm("create", "api-keys", "-s", "name=from a script", "-s", "owner.name=scripted", "-o")
                .expectSuccess()
                .json();

        assertEquals("from a script", made.path("name").asText());
        assertEquals("scripted", made.at("/owner/name").asText());
        assertEquals("active", made.path("status").asText());
        realm.exchange(made.path("key").asText()).expect(200);
    }

    @Test
    void aKeyIsReadSwitchedOffAndDeleted() throws IOException, InterruptedException {
        Answer made = realm.createKey("scripted", "switched by a script");
        String path = "api-keys/" + made.text("id");
        String key = made.text("key");
        realm.exchange(key).expect(200);

        assertEquals(
                "switched by a script",
                inRealm("get", path).expectSuccess().json().path("name").asText());
        inRealm("update", path, "-s", "enabled=false").expectSuccess();
        realm.exchange(key).expect(400);
        inRealm("update", path, "-s", "enabled=true").expectSuccess();
        realm.exchange(key).expect(200);
        inRealm("delete", path).expectSuccess();
        realm.exchange(key).expect(400);
    }

    @Test
    void aListIsFiltered() throws IOException, InterruptedException {
        String id = realm.createKey("scripted", "needle").text("id");

        JsonNode list =
                inRealm("get", "api-keys", "-q", "q=needle").expectSuccess().json();

        assertEquals(1, list.size(), list::toString);
        assertEquals(id, list.at("/0/id").asText());
    }

    @Test
    void thePolicyIsUpdatedFieldByField() throws IOException, InterruptedException {
        inRealm("update", "api-keys/policy", "-s", "maxKeys=7", "-s", "creation=plan")
                .expectSuccess();

        JsonNode policy = inRealm("get", "api-keys/policy").expectSuccess().json();

        assertEquals(7, policy.path("maxKeys").asInt());
        assertEquals("plan", policy.path("creation").asText());
        assertEquals("test", policy.path("brand").asText());
        inRealm("update", "api-keys/policy", "-s", "maxKeys=10", "-s", "creation=everyone")
                .expectSuccess();
    }

    @Test
    void aMistakeIsAFailureOfTheCommand() throws IOException, InterruptedException {
        Result result = inRealm("update", "api-keys/policy", "-s", "maxKeys=many");

        assertNotEquals(0, result.exit(), result.output());
    }

    private static Result inRealm(String command, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(arguments));
        all.addAll(List.of("-r", realm.name()));
        return kcadm.run(all.toArray(String[]::new));
    }
}
