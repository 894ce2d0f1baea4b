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
import org.junit.jupiter.api.Test;

/** Keys as Keycloak's own consoles see them: credentials of a user, listed, labelled and removed there. */
@EveryRelease
class CredentialIT {

    private static RealmFixture realm;

    @BeforeAll
    static void openRealm() {
        realm = RealmFixture.create(Map.of());
    }

    @Test
    void bothConsolesListAKeyByNameAndPreview() {
        String user = realm.user("listed");

        Answer key = realm.createKey("listed", "deploy");

        String label = "deploy (" + key.text("preview") + ")";
        assertEquals(label, onlyEntry(user).path("userLabel").asText());
        assertEquals(key.text("family"), onlyEntry(user).path("id").asText());
        assertEquals(
                label, listedForTheUser("listed").at("/credential/userLabel").asText());
        assertEquals(
                key.text("family"),
                listedForTheUser("listed").at("/credential/id").asText());
    }

    @Test
    void noPartOfTheSecretIsListed() {
        String user = realm.user("discreet");

        String key = realm.createKey("discreet", "quiet").text("key");

        String secret = key.substring(key.length() - 38, key.length() - 6);
        assertFalse(onlyEntry(user).toString().contains(secret.substring(0, 8)));
        assertFalse(listedForTheUser("discreet").toString().contains(secret.substring(0, 8)));
    }

    @Test
    void aNewNameIsShown() {
        String user = realm.user("renamer");
        Answer key = realm.createKey("renamer", "before");

        realm.signedIn("renamer")
                .patch(realm.keys() + "/" + key.text("id"), Map.of("name", "after"))
                .expect(200);

        assertEquals(
                "after (" + key.text("preview") + ")",
                onlyEntry(user).path("userLabel").asText());
    }

    @Test
    void theNewestKeyOfAFamilyIsShown() {
        String user = realm.user("rotator");
        Answer key = realm.createKey("rotator", "turning");

        Answer successor = realm.signedIn("rotator")
                .post(realm.keys() + "/" + key.text("id") + "/rotate", Map.of())
                .expect(201);

        assertEquals(
                "turning (" + successor.text("preview") + ")",
                onlyEntry(user).path("userLabel").asText());
    }

    @Test
    void aDisabledKeyStaysListedAsDisabled() {
        String user = realm.user("pauser");
        Answer key = realm.createKey("pauser", "paused");
        assertTrue(onlyEntry(user).path("credentialData").asText().contains("\"enabled\":true"));

        realm.signedIn("pauser")
                .patch(realm.keys() + "/" + key.text("id"), Map.of("enabled", false))
                .expect(200);

        assertTrue(onlyEntry(user).path("credentialData").asText().contains("\"enabled\":false"));
    }

    @Test
    void aDeletedKeyIsNoLongerListed() {
        String user = realm.user("deleter");
        Answer key = realm.createKey("deleter", "gone");

        realm.signedIn("deleter").delete(realm.keys() + "/" + key.text("id")).expect(204);

        assertEquals(List.of(), entries(user));
    }

    @Test
    void anAdministratorsRemovalRevokesTheWholeFamily() {
        String user = realm.user("removed");
        Answer old = realm.createKey("removed", "k");
        Answer successor = realm.signedIn("removed")
                .post(realm.keys() + "/" + old.text("id") + "/rotate", Map.of())
                .expect(201);
        realm.exchange(old.text("key")).expect(200);

        realm.master()
                .delete(realm.admin("/users/" + user + "/credentials/" + old.text("family")))
                .expect(204);

        assertRevoked(old);
        assertRevoked(successor);
    }

    @Test
    void disablingTheTypeRevokesAllKeysOfTheUser() {
        String user = realm.user("stripped");
        Answer one = realm.createKey("stripped", "one");
        Answer two = realm.createKey("stripped", "two");

        realm.master()
                .put(realm.admin("/users/" + user + "/disable-credential-types"), List.of("api-key"))
                .expect(204);

        assertRevoked(one);
        assertRevoked(two);
        assertEquals(List.of(), entries(user));
    }

    @Test
    void removalOverTheAccountRestRevokes() {
        realm.user("selfserver");
        Answer key = realm.createKey("selfserver", "k");

        realm.signedIn("selfserver")
                .with("Accept", "application/json")
                .delete("/realms/" + realm.name() + "/account/credentials/" + key.text("family"))
                .expect(204);

        assertRevoked(key);
    }

    @Test
    void removalInTheAccountConsoleRevokes() {
        String user = realm.user("clicker");
        Answer key = realm.createKey("clicker", "k");
        Browser browser = new Browser(realm.anyone());

        Answer question = browser.signIn(
                browser.open(authorization("&kc_action=delete_credential:" + key.text("family"))),
                "clicker",
                "clicker");
        assertEquals(200, realm.exchange(key.text("key")).status(), "before the confirmation");
        Answer back = browser.submit(question, Map.of("accept", "Yes"));

        assertEquals("success", Browser.parameter(back, "kc_action_status"), back::text);
        assertRevoked(key);
        assertEquals(List.of(), entries(user));
    }

    @Test
    void removingThePasswordLeavesTheKeys() {
        String user = realm.user("keyonly");
        Answer key = realm.createKey("keyonly", "k");

        realm.master()
                .delete(realm.admin("/users/" + user + "/credentials/"
                        + credentials(user, "password").get(0).path("id").asText()))
                .expect(204);

        realm.exchange(key.text("key")).expect(200);
        assertEquals(1, entries(user).size());
    }

    @Test
    void removingOneUsersEntryLeavesTheKeysOfOthers() {
        String one = realm.user("neighbour");
        realm.user("bystander");
        Answer gone = realm.createKey("neighbour", "k");
        Answer stays = realm.createKey("bystander", "k");

        realm.master()
                .delete(realm.admin("/users/" + one + "/credentials/" + stays.text("family")))
                .expect(404);
        realm.master()
                .delete(realm.admin("/users/" + one + "/credentials/" + gone.text("family")))
                .expect(204);

        realm.exchange(stays.text("key")).expect(200);
    }

    @Test
    void aLabelGivenInTheConsoleDisturbsNothing() {
        String user = realm.user("labeller");
        Answer key = realm.createKey("labeller", "mine");

        label(user, key, "Something else").expect(204);

        realm.exchange(key.text("key")).expect(200);
        assertEquals("Something else", onlyEntry(user).path("userLabel").asText());
        assertEquals(
                "mine",
                realm.signedIn("labeller")
                        .get(realm.keys() + "/" + key.text("id"))
                        .text("name"));
    }

    @Test
    void aLabelTakenByAnotherEntryHindersNoChange() {
        String user = realm.user("trickster");
        Answer one = realm.createKey("trickster", "one");
        Answer two = realm.createKey("trickster", "two");
        String label = "one (" + one.text("preview") + ")";
        label(user, one, "moved away").expect(204);
        label(user, two, label).expect(204);

        realm.master()
                .patch(realm.adminKeys() + "/" + one.text("id"), Map.of("enabled", false))
                .expect(200);

        realm.exchange(one.text("key")).expect(400);
    }

    private static void assertRevoked(Answer key) {
        realm.exchange(key.text("key")).expect(400);
        assertEquals(
                "revoked",
                realm.master().get(realm.adminKeys() + "/" + key.text("id")).text("status"));
        assertTrue(removals(key.text("id")).contains("credential_removed"), () -> "no event for " + key.text("id"));
    }

    /** The reasons in the events that tell of a key's end. */
    private static List<String> removals(String keyId) {
        List<String> reasons = new ArrayList<>();
        Answer events = realm.master()
                .get(realm.admin("/events?type=REMOVE_CREDENTIAL&max=100"))
                .expect(200);
        for (JsonNode event : events.json()) {
            if (event.at("/details/credential_id").asText().equals(keyId)
                    && event.at("/details/credential_type").asText().equals("api-key")) {
                reasons.add(event.at("/details/reason").asText());
            }
        }
        return reasons;
    }

    private static String authorization(String more) {
        return "/realms/" + realm.name() + "/protocol/openid-connect/auth?client_id=app&response_type=code&scope=openid"
                + "&redirect_uri=http%3A%2F%2Flocalhost%2Fback" + more;
    }

    private static Answer label(String user, Answer key, String label) {
        return realm.master()
                .send(
                        "PUT",
                        realm.admin("/users/" + user + "/credentials/" + key.text("family") + "/userLabel"),
                        "text/plain",
                        label);
    }

    private static JsonNode onlyEntry(String user) {
        List<JsonNode> entries = entries(user);
        assertEquals(1, entries.size(), entries::toString);
        return entries.get(0);
    }

    private static List<JsonNode> entries(String user) {
        return credentials(user, "api-key");
    }

    private static List<JsonNode> credentials(String user, String type) {
        List<JsonNode> found = new ArrayList<>();
        realm.master()
                .get(realm.admin("/users/" + user + "/credentials"))
                .expect(200)
                .json()
                .forEach(credential -> {
                    if (credential.path("type").asText().equals(type)) {
                        found.add(credential);
                    }
                });
        return found;
    }

    /** What the account console lists of the user's only key. */
    private static JsonNode listedForTheUser(String username) {
        Answer types = realm.signedIn(username)
                .with("Accept", "application/json")
                .get("/realms/" + realm.name() + "/account/credentials")
                .expect(200);
        for (JsonNode type : types.json()) {
            if (type.path("type").asText().equals("api-key")) {
                assertEquals(1, type.path("userCredentialMetadatas").size(), type::toString);
                return type.at("/userCredentialMetadatas/0");
            }
        }
        throw new AssertionError("No API keys among " + types.text());
    }
}
