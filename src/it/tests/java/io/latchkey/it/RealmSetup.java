package io.latchkey.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** What an administrator does to users, clients and events of a realm while its keys are in use. */
public final class RealmSetup {

    private final RealmFixture realm;

    public RealmSetup(RealmFixture realm) {
        this.realm = realm;
    }

    public void realm(Map<String, ?> changes) {
        realm.master().put(realm.admin(""), changes).expect(204);
    }

    public void user(String userId, Map<String, ?> changes) {
        realm.master().put(realm.admin("/users/" + userId), changes).expect(204);
    }

    public void client(Map<String, ?> client) {
        realm.master().post(realm.admin("/clients"), client).expect(201);
    }

    public void client(String clientId, Map<String, ?> changes) {
        realm.master().put(clientPath(clientId), changes).expect(204);
    }

    public String clientPath(String clientId) {
        Answer found = realm.master().get(realm.admin("/clients?clientId=" + clientId));
        return realm.admin("/clients/" + found.expect(200).json().at("/0/id").asText());
    }

    /** Tokens of the first client are made for the second one, too. */
    public void audience(String clientId, String audience) {
        realm.master()
                .post(
                        clientPath(clientId) + "/protocol-mappers/models",
                        Map.of(
                                "name",
                                "for " + audience,
                                "protocol",
                                "openid-connect",
                                "protocolMapper",
                                "oidc-audience-mapper",
                                "config",
                                Map.of("included.client.audience", audience, "access.token.claim", "true")))
                .expect(201);
    }

    /** A new role of the realm that this user has. */
    public void grantNewRole(String userId, String role) {
        realm.master().post(realm.admin("/roles"), Map.of("name", role)).expect(201);
        giveRole(userId, role);
    }

    /** So many new roles of the realm that this user has, with names of a hundred characters. */
    public void giveNewRoles(String userId, int count) {
        List<Map<String, String>> roles = IntStream.range(0, count)
                .mapToObj(i -> Map.of("name", String.format("one-of-many-%088d", i)))
                .toList();
        realm.master()
                .post(
                        realm.admin("/partialImport"),
                        Map.of("ifResourceExists", "FAIL", "roles", Map.of("realm", roles)))
                .expect(200);
        Answer made = realm.master().get(realm.admin("/roles?max=" + 2 * count + "&search=one-of-many-"));
        realm.master().post(rolesOf(userId), made.expect(200).json()).expect(204);
    }

    /** Gives a role that there is already. */
    public void giveRole(String userId, String role) {
        realm.master().post(rolesOf(userId), List.of(role(role))).expect(204);
    }

    public void withdrawRole(String userId, String role) {
        String body = "[" + role(role) + "]";
        realm.master().send("DELETE", rolesOf(userId), "application/json", body).expect(204);
    }

    private JsonNode role(String role) {
        return realm.master().get(realm.admin("/roles/" + role)).expect(200).json();
    }

    private String rolesOf(String userId) {
        return realm.admin("/users/" + userId + "/role-mappings/realm");
    }

    /** Makes the user an administrator of the whole realm. */
    void makeRealmAdmin(String userId) {
        String management = clientPath("realm-management");
        JsonNode role = realm.master()
                .get(management + "/roles/realm-admin")
                .expect(200)
                .json();
        String uuid = management.substring(management.lastIndexOf('/') + 1);
        realm.master()
                .post(realm.admin("/users/" + userId + "/role-mappings/clients/" + uuid), List.of(role))
                .expect(204);
    }

    /** A new key of the service account of {@code service}. */
    public Answer serviceKey(String name) {
        Map<String, ?> owner = Map.of("type", "service-account", "name", "service");
        return realm.master()
                .post(realm.adminKeys(), Map.of("name", name, "owner", owner))
                .expect(201);
    }

    void forgetEvents() {
        WrittenRefusals.await(realm);
        realm.master().delete(realm.admin("/events")).expect(204);
    }

    /** Failed exchanges since the events were last forgotten. */
    public List<JsonNode> failures() {
        WrittenRefusals.await(realm);
        Answer events = realm.master().get(realm.admin("/events?max=500&type=OAUTH2_EXTENSION_GRANT_ERROR"));
        return StreamSupport.stream(events.expect(200).json().spliterator(), false)
                .toList();
    }

    JsonNode sessionsOf(String userId) {
        return realm.master()
                .get(realm.admin("/users/" + userId + "/sessions"))
                .expect(200)
                .json();
    }
}
