package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every change leaves an event with the id of the key, and none with the key. */
class KeyEventsIT {

    private static RealmFixture realm;

    private final String owner = "owner-" + UUID.randomUUID().toString().substring(0, 8);
    private String ownerId;
    private ApiClient admin;
    private ApiClient caller;
    private String sid;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of());
    }

    @BeforeEach
    void signIn() {
        ownerId = realm.user(owner);
        admin = realm.master();
        Answer login = realm.passwordToken(owner).expect(200);
        sid = AccessTokens.claims(login).path("sid").asText();
        caller = realm.anyone().as(login.text("access_token"));
        admin.delete(realm.admin("/events")).expect(204);
        admin.delete(realm.admin("/admin-events")).expect(204);
    }

    @Test
    void whatPeopleDoIsInTheirEvents() {
        Answer key = caller.post(realm.keys(), Map.of("name", "watched")).expect(201);
        String path = realm.keys() + "/" + key.text("id");

        caller.patch(path, Map.of("name", "renamed")).expect(200);
        caller.patch(path, Map.of("enabled", false)).expect(200);
        caller.patch(path, Map.of("enabled", true)).expect(200);
        Answer next = caller.post(path + "/rotate", Map.of()).expect(201);
        caller.delete(path).expect(204);

        assertUserEvent("UPDATE_CREDENTIAL", "create", key);
        assertUserEvent("UPDATE_CREDENTIAL", "update", key);
        assertUserEvent("UPDATE_CREDENTIAL", "disable", key);
        assertUserEvent("UPDATE_CREDENTIAL", "enable", key);
        JsonNode rotated = assertUserEvent("UPDATE_CREDENTIAL", "rotate", key);
        assertEquals(next.text("id"), rotated.at("/details/replaced_by").asText());
        JsonNode revoked = assertUserEvent("REMOVE_CREDENTIAL", "revoke", key);
        assertEquals("owner", revoked.at("/details/reason").asText());
        assertNoSecret(userEvents(), key, next);
        assertEquals(0, adminEvents().size());
    }

    @Test
    void whatAdministratorsDoIsInTheAdminEvents() {
        Answer key = admin.post(realm.adminKeys(), Map.of("name", "watched", "owner", Map.of("id", ownerId)))
                .expect(201);
        String path = realm.adminKeys() + "/" + key.text("id");

        admin.patch(path, Map.of("enabled", false)).expect(200);
        admin.patch(path, Map.of("enabled", true)).expect(200);
        Answer next = admin.post(path + "/rotate", Map.of()).expect(201);
        admin.delete(path).expect(204);
        admin.post(realm.adminKeys() + "/revoke", Map.of("owner", ownerId)).expect(200);

        assertEquals(1, adminEvents("CREATE", key).size());
        assertEquals(2, adminEvents("UPDATE", key).size());
        JsonNode rotated = adminEvents("ACTION", key).get(0);
        assertTrue(rotated.path("representation").asText().contains(next.text("id")), rotated::toString);
        assertEquals(1, adminEvents("DELETE", key).size());
        assertEquals(1, adminEvents("DELETE", next).size());
        assertNoSecret(adminEvents(), key, next);
    }

    @Test
    void anAdminEventNamesWhoDidIt() {
        admin.post(realm.adminKeys(), Map.of("name", "attributed", "owner", Map.of("id", ownerId)))
                .expect(201);

        JsonNode event = adminEvents().path(0);

        String me = admin.get("/admin/realms/master/users?username=admin&exact=true")
                .expect(200)
                .json()
                .at("/0/id")
                .asText();
        assertEquals(me, event.at("/authDetails/userId").asText());
        assertEquals("USER", event.path("resourceType").asText());
    }

    @Test
    void whatIsRefusedOrChangesNothingLeavesNoEvent() {
        Answer key = caller.post(realm.keys(), Map.of("name", "quiet")).expect(201);
        admin.delete(realm.admin("/events")).expect(204);
        String path = realm.keys() + "/" + key.text("id");

        caller.patch(path, Map.of("name", "quiet")).expect(200);
        caller.patch(path, Map.of("name", "")).expect(400);
        caller.with("If-Match", "\"99\"").delete(path).expect(412);
        caller.post(realm.keys(), Map.of("name", "quiet")).expect(409);
        admin.patch(realm.adminKeys() + "/" + key.text("id"), Map.of("enabled", 7))
                .expect(400);

        assertEquals(0, userEvents().size(), userEvents()::toString);
        assertEquals(0, adminEvents().size(), adminEvents()::toString);
    }

    private JsonNode assertUserEvent(String type, String action, Answer key) {
        for (JsonNode event : userEvents()) {
            if (type.equals(event.path("type").asText())
                    && action.equals(event.at("/details/action").asText())) {
                assertEquals(key.text("id"), event.at("/details/credential_id").asText());
                assertEquals("api-key", event.at("/details/credential_type").asText());
                assertEquals(ownerId, event.path("userId").asText());
                assertEquals("app", event.path("clientId").asText());
                assertEquals(sid, event.path("sessionId").asText());
                return event;
            }
        }
        throw new AssertionError("There is no event " + type + " " + action + ": " + userEvents());
    }

    private List<JsonNode> adminEvents(String operation, Answer key) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode event : adminEvents()) {
            if (operation.equals(event.path("operationType").asText())
                    && event.path("resourcePath").asText().equals("users/" + ownerId + "/api-keys/" + key.text("id"))) {
                assertTrue(event.path("representation").asText().contains(key.text("id")), event::toString);
                found.add(event);
            }
        }
        return found;
    }

    private static void assertNoSecret(JsonNode events, Answer... issued) {
        for (Answer key : issued) {
            String secret = key.text("key").substring(key.text("key").length() - 38);
            assertFalse(events.toString().contains(secret.substring(0, 8)), events::toString);
        }
    }

    private JsonNode userEvents() {
        return admin.get(realm.admin("/events?max=100")).expect(200).json();
    }

    private JsonNode adminEvents() {
        return admin.get(realm.admin("/admin-events?max=100")).expect(200).json();
    }
}
