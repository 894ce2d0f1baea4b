package io.latchkey.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.LatchkeyServer;
import io.latchkey.it.ProviderJars;
import io.latchkey.it.RealmFixture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the server's answers have the fields the description promises, no more and no fewer. */
class OpenApiIT {

    private RealmFixture realm;

    @BeforeEach
    void createRealm() {
        realm = RealmFixture.create(Map.of());
        realm.user("alice");
    }

    @Test
    void keysHaveTheFieldsOfTheirSchema() throws Exception {
        JsonNode created = realm.createKey("alice", "first").json();
        JsonNode key = realm.signedIn("alice")
                .get(realm.keys() + "/" + created.path("id").asText())
                .expect(200)
                .json();

        assertEquals(described("Key"), fields(key));
        assertEquals(described("Owner"), fields(key.path("owner")));
        assertEquals(described("Actor"), fields(key.path("createdBy")));
        Set<String> issued = described("Key");
        issued.addAll(described("IssuedKey"));
        assertEquals(issued, fields(created));
    }

    @Test
    void termsHaveTheFieldsOfTheirSchema() throws Exception {
        JsonNode terms = realm.signedIn("alice")
                .get(realm.keys() + "/policy")
                .expect(200)
                .json();

        Set<String> expected = described("SelfServicePolicy");
        if (!ProviderJars.hasCredits()) {
            expected.remove("credits");
        }
        assertEquals(expected, fields(terms));
    }

    @Test
    void thePolicyHasTheFieldsOfItsSchema() throws Exception {
        JsonNode policy =
                realm.master().get(realm.adminKeys() + "/policy").expect(200).json();

        Set<String> inForce = described("Policy");
        inForce.addAll(described("EffectivePolicy"));
        assertEquals(inForce, fields(policy));
    }

    @Test
    void accessHasTheFieldsOfItsSchema() throws Exception {
        JsonNode access =
                realm.master().get(realm.adminKeys() + "/access").expect(200).json();

        assertEquals(described("CallerPermissions"), fields(access));
    }

    @Test
    void plansHaveTheFieldsOfTheirSchema() throws Exception {
        realm.master()
                .put(
                        realm.admin("/roles/offline_access"),
                        Map.of("name", "offline_access", "attributes", Map.of("latchkey.max-keys", List.of("none"))))
                .expect(204);

        JsonNode plans =
                realm.master().get(realm.adminKeys() + "/plans").expect(200).json();

        assertEquals(described("Plan"), fields(plans.path(0)));
        assertEquals(fields(schema("Plan").at("/properties/faults/items/properties")), fields(plans.at("/0/faults/0")));
    }

    @Test
    void usageHasTheFieldsOfItsSchema() throws Exception {
        realm.exchange(realm.createKey("alice", "used").text("key")).expect(200);
        Instant end = Instant.now().plusSeconds(30);
        JsonNode hours;
        do {
            hours = usage("by=key+owner+api");
        } while (hours.isEmpty() && Instant.now().isBefore(end));
        Set<String> all = fields(hours.path(0));
        all.addAll(fields(usage("grain=day&by=none").path(0)));

        assertEquals(described("UsagePeriod"), all);
    }

    @Test
    void exportsHaveTheFieldsOfTheirSchema() throws Exception {
        realm.createKey("alice", "second");

        JsonNode exported =
                realm.master().get(realm.adminKeys() + "/export").expect(200).json();

        assertEquals(described("KeyExport"), fields(exported));
        assertEquals(
                fields(schema("KeyExport").at("/properties/keys/items/properties")), fields(exported.at("/keys/0")));
    }

    @Test
    void problemsHaveTheFieldsOfTheirSchema() throws Exception {
        JsonNode problem = realm.signedIn("alice")
                .post(realm.keys(), Map.of("nme", "wrong"))
                .expect(400)
                .json();

        Set<String> fields = described("Problem");
        fields.remove("upgradeUrl");
        assertEquals(fields, fields(problem));
    }

    @Test
    void theGeneratedJavaClientCreatesListsAndVerifiesAKey(@TempDir Path classes) throws Exception {
        assumeTrue(GeneratedClients.areGenerated(), "The clients are not generated (-DskipUi)");

        assertCalled(GeneratedClients.callWithJava(classes, arguments()));
    }

    @Test
    void theGeneratedTypeScriptClientCreatesListsAndVerifiesAKey() throws Exception {
        assumeTrue(GeneratedClients.areGenerated(), "The clients are not generated (-DskipUi)");

        assertCalled(GeneratedClients.callWithTypeScript(arguments()));
    }

    private String[] arguments() {
        String service = "service:" + RealmFixture.SECRET;
        return new String[] {
            LatchkeyServer.url(),
            realm.name(),
            realm.passwordToken("alice").expect(200).text("access_token"),
            Base64.getEncoder().encodeToString(service.getBytes(StandardCharsets.UTF_8))
        };
    }

    private void assertCalled(JsonNode printed) {
        JsonNode keys = realm.signedIn("alice").get(realm.keys()).expect(200).json();
        assertEquals(keys.at("/0/id"), printed.path("id"), printed::toString);
        assertEquals(keys.at("/0/id"), printed.at("/listed/0"), printed::toString);
        assertEquals("valid", printed.path("code").asText(), printed::toString);
        assertEquals("alice", printed.path("owner").asText(), printed::toString);
        assertTrue(printed.path("problem").asText().endsWith("/name-taken"), printed::toString);
    }

    private JsonNode usage(String query) {
        return realm.master()
                .get(realm.adminKeys() + "/usage?" + query)
                .expect(200)
                .json();
    }

    private static Set<String> described(String schema) {
        return fields(schema(schema).path("properties"));
    }

    private static JsonNode schema(String name) {
        return ShippedDocument.read().at("/components/schemas/" + name);
    }

    private static Set<String> fields(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
