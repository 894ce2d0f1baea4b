package io.latchkey.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What an administrator does to users, clients and events of a realm while its keys are in use. */
public final class RealmSetup {

    private final RealmFixture realm;
    private Instant forgotten = Instant.EPOCH;

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

    /** A new client with the secret of all confidential clients here. */
    void confidential(String clientId, Map<String, String> attributes) {
        client(Map.of("clientId", clientId, "secret", RealmFixture.SECRET, "attributes", attributes));
    }

    /** A new client that exchanges tokens. */
    void exchanger(String clientId) {
        confidential(clientId, Map.of("standard.token.exchange.enabled", "true"));
    }

    public void client(String clientId, Map<String, ?> changes) {
        realm.master().put(clientPath(clientId), changes).expect(204);
    }

    /** Path of the client that has this client id. */
    public String clientPath(String clientId) {
        return realm.admin("/clients/" + idOf(clientId));
    }

    /** Tokens of the first client are made for the second one, too. */
    public void audience(String clientId, String audience) {
        String mapper = """
                {
                  "name": "for %1$s", "protocol": "openid-connect", "protocolMapper": "oidc-audience-mapper",
                  "config": {"included.client.audience": "%1$s", "access.token.claim": "true"}
                }""";
        realm.master()
                .post(clientPath(clientId) + "/protocol-mappers/models", mapper.formatted(audience))
                .expect(201);
    }

    /** The id behind a client id. */
    public String idOf(String clientId) {
        return realm.master()
                .get(realm.admin("/clients?clientId=" + clientId))
                .expect(200)
                .json()
                .at("/0/id")
                .asText();
    }

    /** A new role of the realm. */
    void newRole(String role, Map<String, List<String>> attributes) {
        realm.master()
                .post(realm.admin("/roles"), Map.of("name", role, "attributes", attributes))
                .expect(201);
    }

    /** A new role of the realm that this user has. */
    public void grantNewRole(String userId, String role) {
        giveRealmRole(userId, role, Map.of());
    }

    /** A new role of the realm with attributes that this user has. */
    public void giveRealmRole(String userId, String role, Map<String, List<String>> attributes) {
        newRole(role, attributes);
        giveRole(userId, role);
    }

    /** A new role of the realm with attributes that all future users have. */
    public void giveEverybody(String role, Map<String, List<String>> attributes) {
        newRole(role, attributes);
        addToRole("default-roles-" + realm.name(), role);
    }

    /** Makes one role of the realm a part of another. */
    void addToRole(String composite, String role) {
        realm.master()
                .post(realm.admin("/roles/" + composite + "/composites"), List.of(role(role)))
                .expect(204);
    }

    /** Gives roles of a client. */
    public void give(String userId, String clientId, String... roles) {
        giveClientRoles("/users/" + userId + "/role-mappings", clientId, roles);
    }

    /** @param holder path of a user's role mappings or of a scope's */
    void giveClientRoles(String holder, String clientId, String... roles) {
        String client = idOf(clientId);
        List<JsonNode> all = Stream.of(roles)
                .map(role -> realm.master()
                        .get(realm.admin("/clients/" + client + "/roles/" + role))
                        .expect(200)
                        .json())
                .toList();
        realm.master().post(realm.admin(holder + "/clients/" + client), all).expect(204);
    }

    /** Takes what every new user has, the account roles among it. */
    public void takeDefaults(String userId) {
        withdrawRole(userId, "default-roles-" + realm.name());
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

    JsonNode role(String role) {
        return realm.master().get(realm.admin("/roles/" + role)).expect(200).json();
    }

    private String rolesOf(String userId) {
        return realm.admin("/users/" + userId + "/role-mappings/realm");
    }

    /** Makes the user an administrator of the whole realm. */
    void makeRealmAdmin(String userId) {
        give(userId, "realm-management", "realm-admin");
    }

    /** A new client scope; answers with its path. */
    String scope(String name, boolean named, List<?> mappers) {
        Map<String, String> attributes = Map.of("include.in.token.scope", Boolean.toString(named));
        String location = realm.master()
                .post(
                        realm.admin("/client-scopes"),
                        Map.of(
                                "name", name,
                                "protocol", "openid-connect",
                                "attributes", attributes,
                                "protocolMappers", mappers))
                .expect(201)
                .header("Location");
        return "/client-scopes/" + location.substring(location.lastIndexOf('/') + 1);
    }

    String scopeId(String name) {
        for (JsonNode scope :
                realm.master().get(realm.admin("/client-scopes")).expect(200).json()) {
            if (name.equals(scope.path("name").asText())) {
                return scope.path("id").asText();
            }
        }
        throw new AssertionError("There is no client scope " + name);
    }

    /** Lets the scope stand for a role of the realm. */
    public void scopeRole(String scope, String role) {
        realm.master()
                .post(realm.admin("/client-scopes/" + scopeId(scope) + "/scope-mappings/realm"), List.of(role(role)))
                .expect(204);
    }

    /** A new key of the service account of {@code service}. */
    public Answer serviceKey(String name) {
        Map<String, ?> owner = Map.of("type", "service-account", "name", "service");
        return realm.master()
                .post(realm.adminKeys(), Map.of("name", name, "owner", owner))
                .expect(201);
    }

    /** Deletes the events on record, and leaves out of {@link #events} those that the server writes later. */
    void forgetEvents() {
        forgotten = Instant.now();
        realm.master().delete(realm.admin("/events")).expect(204);
    }

    /** Failed exchanges since the events were last forgotten. */
    public List<JsonNode> failures() {
        WrittenRefusals.await(realm);
        return events("max=500&type=OAUTH2_EXTENSION_GRANT_ERROR");
    }

    /** Events on record since they were last forgotten. */
    List<JsonNode> events(String query) {
        Answer events = realm.master().get(realm.admin("/events?" + query));
        return StreamSupport.stream(events.expect(200).json().spliterator(), false)
                .filter(event -> event.path("time").asLong() > forgotten.toEpochMilli())
                .toList();
    }

    JsonNode sessionsOf(String userId) {
        return realm.master()
                .get(realm.admin("/users/" + userId + "/sessions"))
                .expect(200)
                .json();
    }
}
