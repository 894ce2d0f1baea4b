package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.it.ApiClient.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of a realm as administrators read and replace them. */
class AdminPolicyIT {

    private static RealmFixture realm;

    private ApiClient admin;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of());
    }

    @BeforeEach
    void startFromTheDefaults() {
        admin = realm.master();
        admin.put(policy(), Map.of()).expect(200);
    }

    @Test
    void anEmptyPolicyIsThatOfTheDefaults() {
        Answer policy = admin.get(policy()).expect(200);

        assertEquals("admins", policy.text("creation"));
        assertEquals(10, policy.json().path("maxKeys").asInt());
        assertEquals("P90D", policy.text("defaultLifetime"));
        assertEquals("kc", policy.text("brand"));
        assertEquals("[]", policy.json().path("faults").toString());
        assertEquals(List.of(), attributes());
    }

    @Test
    void schemaDescribesEveryFieldOfThePolicy() {
        JsonNode fields = admin.get(policy() + "/schema").expect(200).json().path("properties");
        ObjectNode defaults = (ObjectNode) admin.get(policy()).expect(200).json();
        defaults.remove(List.of("faults", "removed"));

        assertEquals(defaults.properties().size(), fields.size());
        defaults.properties()
                .forEach(field -> assertEquals(
                        field.getValue(), fields.path(field.getKey()).path("default"), field::getKey));
    }

    @Test
    void whatWasReadCanBeEditedAndSentBack() {
        ObjectNode policy = (ObjectNode) admin.get(policy()).expect(200).json();
        policy.put("creation", "everyone").put("maxKeys", 3).put("client", "app");

        JsonNode answered = admin.put(policy(), policy).expect(200).json();

        assertEquals(policy, answered);
        assertEquals(policy, admin.get(policy()).expect(200).json());
        assertTrue(attributes().contains("latchkey.max-keys=3"), attributes()::toString);
    }

    @Test
    void whatIsLeftOutGoesBackToItsDefault() {
        admin.put(policy(), Map.of("maxKeys", 3, "brand", "acme")).expect(200);

        Answer answered = admin.put(policy(), Map.of("brand", "acme")).expect(200);

        assertEquals(10, answered.json().path("maxKeys").asInt());
        assertEquals("acme", answered.text("brand"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"creation\":\"anybody\"}                                   | creation",
                "{\"creation\":true}                                          | creation",
                "{\"maxKeys\":-1}                                             | maxKeys",
                "{\"maxKeys\":\"3\"}                                          | maxKeys",
                "{\"maxKeys\":3.5}                                            | maxKeys",
                "{\"maxKeys\":99999999999}                                    | maxKeys",
                "{\"defaultLifetime\":\"90 days\"}                            | defaultLifetime",
                "{\"defaultLifetime\":\"P60D\",\"maxLifetime\":\"P30D\"}      | defaultLifetime",
                "{\"maxLifetime\":\"-P1D\"}                                   | maxLifetime",
                "{\"brand\":\"Acme\"}                                         | brand",
                "{\"brand\":\"a_b\"}                                          | brand",
                "{\"env\":\"prod\"}                                           | env",
                "{\"kinds\":[]}                                               | kinds",
                "{\"kinds\":\"secret\"}                                       | kinds",
                "{\"kinds\":[\"secret publishable\"]}                         | kinds",
                "{\"scopes\":[\"no-such-scope\"]}                             | scopes[0]",
                "{\"scopes\":[7]}                                             | scopes",
                "{\"requireIp\":\"true\"}                                     | requireIp",
                "{\"client\":\"no-such-client\"}                              | client",
                "{\"session\":\"forever\"}                                    | session",
                "{\"tokenLifespan\":\"PT1S\"}                                 | tokenLifespan",
                "{\"reauthAge\":\"PT0S\"}                                     | reauthAge",
                "{\"upgradeUrl\":\"javascript:alert(1)\"}                     | upgradeUrl",
                "{\"upgradeUrl\":\"/plans\"}                                  | upgradeUrl",
                "{\"lockout\":\"never\"}                                      | lockout",
                "{\"max-keys\":3}                                             | max-keys",
                "[]                                                           | body",
                "{\"brand\":\"a1\",\"brand\":\"b2\"}                          | brand"
            })
    void aWrongValueChangesNothing(String body, String field) {
        JsonNode before = admin.get(policy()).expect(200).json();

        Answer refused = admin.put(policy(), body).expect(400);

        assertTrue(refused.header("Content-Type").startsWith("application/problem+json"));
        assertTrue(refused.json().path("errors").findValuesAsText("field").contains(field), refused::text);
        assertEquals(before, admin.get(policy()).expect(200).json());
    }

    @Test
    void whatRestrictsKeysCanBeSet() {
        Answer answered = admin.put(
                        policy(),
                        Map.of(
                                "scopes",
                                List.of("email", "openid"),
                                "requireIp",
                                true,
                                "keycloakRest",
                                true,
                                "kinds",
                                List.of("publishable")))
                .expect(200);

        assertEquals("[\"email\",\"openid\"]", answered.json().path("scopes").toString());
        assertEquals("[\"publishable\"]", answered.json().path("kinds").toString());
        assertTrue(answered.json().path("requireIp").asBoolean());
        assertTrue(answered.json().path("keycloakRest").asBoolean());
    }

    @Test
    void everyUnknownScopeIsNamed() {
        Answer refused = admin.put(policy(), Map.of("scopes", List.of("email", "nope", "address", "none")))
                .expect(400);

        assertEquals(
                List.of("scopes[1]", "scopes[3]"), refused.json().path("errors").findValuesAsText("field"));
    }

    @Test
    void aWrongAttributeSetElsewhereIsReportedAndReadStrictly() {
        admin.put(policy(), Map.of("creation", "everyone", "maxKeys", 50)).expect(200);
        ObjectNode settings =
                (ObjectNode) admin.get(realm.admin("")).expect(200).json();
        settings.withObject("/attributes")
                .put("latchkey.creation", "Everyone!")
                .put("latchkey.max-keys", "many")
                .put("latchkey.max-lifetime", "long");
        admin.put(realm.admin(""), settings).expect(204);

        Answer policy = admin.get(policy()).expect(200);

        List<String> faults = policy.json().path("faults").findValuesAsText("attribute");
        assertEquals(List.of("latchkey.creation", "latchkey.max-keys", "latchkey.max-lifetime"), faults);
        assertEquals("admins", policy.text("creation"));
        assertEquals(0, policy.json().path("maxKeys").asInt(-1));
        assertEquals("P1D", policy.text("maxLifetime"));
    }

    @Test
    void aChangeIsAnAdminEventWithThePolicy() {
        admin.delete(realm.admin("/admin-events")).expect(204);

        admin.put(policy(), Map.of("brand", "acme")).expect(200);

        JsonNode event =
                admin.get(realm.admin("/admin-events")).expect(200).json().path(0);
        assertEquals("UPDATE", event.path("operationType").asText());
        assertEquals("api-keys/policy", event.path("resourcePath").asText());
        assertTrue(event.path("representation").asText().contains("acme"), event::toString);
    }

    @Test
    void plansAreTheRolesWithOurAttributes() {
        String owner = realm.user("planned");
        RealmSetup roles = new RealmSetup(realm);
        roles.giveRealmRole(owner, "sales", Map.of("department", List.of("sales")));
        roles.giveRealmRole(owner, "pro", Map.of("latchkey.max-keys", List.of("50"), "latchkey.brand", List.of("pro")));

        JsonNode plans = admin.get(realm.adminKeys() + "/plans").expect(200).json();

        assertEquals(List.of("pro"), plans.findValuesAsText("role"));
        assertEquals(50, plans.at("/0/maxKeys").asInt());
        assertTrue(plans.at("/0/maxLifetime").isNull(), plans::toString);
        assertEquals("latchkey.brand", plans.at("/0/faults/0/attribute").asText());
    }

    private List<String> attributes() {
        return admin.get(realm.admin("")).expect(200).json().path("attributes").properties().stream()
                .filter(attribute -> attribute.getKey().startsWith("latchkey."))
                .map(attribute ->
                        attribute.getKey() + "=" + attribute.getValue().asText())
                .toList();
    }

    private static String policy() {
        return realm.adminKeys() + "/policy";
    }
}
