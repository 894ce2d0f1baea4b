package io.latchkey.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Gives and takes roles of the users of a realm, as its administrator. */
public final class RealmRoles {

    private final RealmFixture realm;
    private final ApiClient admin;

    public RealmRoles(RealmFixture realm) {
        this.realm = realm;
        this.admin = realm.master();
    }

    /** Takes what every new user has, the account roles among it. */
    public void takeDefaults(String userId) {
        String role = "default-roles-" + realm.name();
        JsonNode defaults = admin.get(realm.admin("/roles/" + role)).expect(200).json();
        admin.send(
                        "DELETE",
                        realm.admin("/users/" + userId + "/role-mappings/realm"),
                        "application/json",
                        "[" + defaults + "]")
                .expect(204);
    }

    public void give(String userId, String clientId, String... roles) {
        String client = client(clientId);
        List<JsonNode> wanted = new ArrayList<>();
        for (String role : roles) {
            wanted.add(admin.get(realm.admin("/clients/" + client + "/roles/" + role))
                    .expect(200)
                    .json());
        }
        admin.post(realm.admin("/users/" + userId + "/role-mappings/clients/" + client), wanted)
                .expect(204);
    }

    /** A new realm role with attributes, given to a user. */
    public void giveRealmRole(String userId, String role, Map<String, List<String>> attributes) {
        admin.post(realm.admin("/roles"), Map.of("name", role)).expect(201);
        admin.put(realm.admin("/roles/" + role), Map.of("name", role, "attributes", attributes))
                .expect(204);
        JsonNode made = admin.get(realm.admin("/roles/" + role)).expect(200).json();
        admin.post(realm.admin("/users/" + userId + "/role-mappings/realm"), List.of(made))
                .expect(204);
    }

    /** A new realm role with attributes, given to all users there will be. */
    public void giveEverybody(String role, Map<String, List<String>> attributes) {
        admin.post(realm.admin("/roles"), Map.of("name", role, "attributes", attributes))
                .expect(201);
        JsonNode made = admin.get(realm.admin("/roles/" + role)).expect(200).json();
        admin.post(realm.admin("/roles/default-roles-" + realm.name() + "/composites"), List.of(made))
                .expect(204);
    }

    /** The id behind a client id. */
    public String client(String clientId) {
        return admin.get(realm.admin("/clients?clientId=" + clientId))
                .expect(200)
                .json()
                .at("/0/id")
                .asText();
    }
}
