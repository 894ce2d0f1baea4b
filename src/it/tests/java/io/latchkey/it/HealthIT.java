package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The report of what is wrong with a realm, and attributes that an update of the realm has removed. */
class HealthIT {

    private static RealmFixture realm;
    private static ApiCalls api;
    private static RealmSetup setup;
    private static String key;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of());
        api = new ApiCalls(realm);
        setup = new RealmSetup(realm);
        setup.audience("app", "service");
        realm.user("alice");
        key = api.key("key", Map.of()).text("key");
    }

    @BeforeEach
    void startFromAGoodPolicy() {
        realm.policy(Map.of("rateLimit", "1000/s"));
    }

    @Test
    void aRealmThatIsSetUpHasNoFault() {
        Answer health = health();

        assertEquals("ok", health.text("status"));
        assertEquals("[]", health.json().path("faults").toString());
    }

    @Test
    void aWrongValueAndAClientThatIsNotThereAreErrors() {
        setup.realm(Map.of("attributes", Map.of("latchkey.client", "nobody", "latchkey.rate-limit", "often")));

        assertEquals("error", health().text("status"));
        assertTrue(faults("client-missing").contains("latchkey.client"), faults("client-missing")::toString);
        assertEquals(List.of("latchkey.rate-limit"), faults("attribute-invalid"));
    }

    @Test
    void aPolicyWithoutAClientIsAWarning() {
        realm.master().put(realm.adminKeys() + "/policy", Map.of()).expect(200);

        assertEquals("warning", health().text("status"));
        assertEquals(List.of("latchkey.client"), faults("client-missing"));
    }

    @Test
    void onlyWhoMayViewTheRealmReadsIt() {
        realm.signedIn("alice").get(realm.adminKeys() + "/health").expect(403);
        realm.anyone().get(realm.adminKeys() + "/health").expect(401);
    }

    @Test
    void attributesThatAnUpdateOfTheRealmRemovesAreReportedUntilThePolicyIsSaved() {
        List<String> all = List.of(
                "latchkey.creation",
                "latchkey.brand",
                "latchkey.client",
                "latchkey.management-clients",
                "latchkey.rate-limit");

        setup.realm(Map.of("attributes", Map.of()));

        Answer policy = realm.master().get(realm.adminKeys() + "/policy").expect(200);
        assertEquals(all, texts(policy.json().path("removed"), "attribute"));
        for (JsonNode gone : policy.json().path("removed")) {
            assertTrue(gone.path("effect").asText().matches("(Stops|Changes|No longer limited): .+"), gone::toString);
        }
        assertEquals(all, faults("attribute-removed"));
        // The first fault is the warning that no client is set.
        assertEquals("error", health().text("status"));
        for (String attribute : all) {
            assertEquals(
                    1,
                    ServerLog.with("An update of realm " + realm.name() + " has removed the attribute " + attribute
                                    + ".")
                            .size());
        }

        // Another update that has nothing to do with it tells nothing twice.
        setup.realm(Map.of("displayName", "other"));
        assertEquals(
                1,
                ServerLog.with(realm.name() + " has removed the attribute latchkey.client.")
                        .size());

        realm.policy(Map.of());
        policy = realm.master().get(realm.adminKeys() + "/policy").expect(200);
        assertEquals("[]", policy.json().path("removed").toString());
        assertEquals(List.of(), faults("attribute-removed"));
    }

    @Test
    void anAttributeThatIsSetAgainIsNoLongerReported() {
        setup.realm(Map.of("attributes", with("latchkey.creation", "everyone")));
        assertEquals(List.of("latchkey.brand", "latchkey.rate-limit"), faults("attribute-removed"));

        setup.realm(Map.of("attributes", with("latchkey.brand", "acme")));
        assertEquals(List.of("latchkey.creation", "latchkey.rate-limit"), faults("attribute-removed"));
    }

    @Test
    void theRemovalIsAnAdminEventOfWhoUpdatedTheRealm() {
        realm.master().delete(realm.admin("/admin-events")).expect(204);

        setup.realm(Map.of("attributes", Map.of("latchkey.client", "app")));

        Answer events = realm.master()
                .get(realm.admin("/admin-events?resourcePath=api-keys/policy&operationTypes=DELETE"))
                .expect(200);
        assertEquals(1, events.json().size(), events::text);
        JsonNode event = events.json().path(0);
        assertFalse(event.at("/authDetails/userId").asText().isEmpty(), events::text);
        assertTrue(event.path("representation").asText().contains("latchkey.rate-limit"), events::text);
    }

    @Test
    void theEndpointsAgreeOnAKeyWhosePolicyIsGone() {
        assertAccepted();

        setup.realm(Map.of("attributes", Map.of()));

        assertAccepted();
    }

    @Test
    void aTokenOfTheApiItselfIsMeantForIt() {
        setup.realm(Map.of("attributes", Map.of()));

        String bearer = forwardAuth().header("Authorization").substring("Bearer ".length());
        JsonNode claims = AccessTokens.claims(bearer);

        assertEquals("service", claims.path("azp").asText());
        assertTrue(claims.path("aud").toString().contains("service"), claims::toString);
    }

    private static Map<String, String> with(String attribute, String value) {
        return Map.of("latchkey.client", "app", "latchkey.management-clients", "app", attribute, value);
    }

    private static void assertAccepted() {
        assertTrue(api.verify("service", Map.of("key", key))
                .expect(200)
                .json()
                .path("valid")
                .asBoolean());
        assertTrue(api.introspect("service", key, Map.of())
                .expect(200)
                .json()
                .path("active")
                .asBoolean());
        forwardAuth().expect(200);
    }

    private static Answer forwardAuth() {
        return realm.anyone().with("X-API-Key", key).get(realm.keys() + "/forward-auth?audience=service");
    }

    private static Answer health() {
        return realm.master().get(realm.adminKeys() + "/health").expect(200);
    }

    private static List<String> faults(String code) {
        List<String> attributes = new ArrayList<>();
        for (JsonNode fault : health().json().path("faults")) {
            if (fault.path("code").asText().equals(code)) {
                attributes.add(fault.path("attribute").asText());
            }
        }
        return attributes;
    }

    private static List<String> texts(JsonNode list, String field) {
        List<String> texts = new ArrayList<>();
        list.forEach(entry -> texts.add(entry.path(field).asText()));
        return texts;
    }
}
