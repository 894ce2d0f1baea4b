package io.latchkey.it;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** An administrator with fine-grained permissions. */
final class Delegate {

    private Delegate() {}

    /** Somebody who may search users and has a fine-grained permission for one of them. */
    static ApiClient of(RealmFixture fine, String userId, String... scopes) {
        String permissions = permissions(fine);
        String policy = policy(fine, permissions, "POSITIVE");
        permit(fine, permissions, "Users", List.of(userId), policy, scopes);
        return fine.signedIn("delegate");
    }

    /** Somebody who may do everything with all users and all clients but one user and one client. */
    static ApiClient ofAllBut(RealmFixture fine, String userId, String clientId) {
        String permissions = permissions(fine);
        String granted = policy(fine, permissions, "POSITIVE");
        String denied = policy(fine, permissions, "NEGATIVE");
        permit(fine, permissions, "Users", List.of(), granted, "view", "manage", "impersonate");
        permit(fine, permissions, "Users", List.of(userId), denied, "view", "manage", "impersonate");
        permit(fine, permissions, "Clients", List.of(), granted, "view", "manage");
        permit(fine, permissions, "Clients", List.of(clientId), denied, "view", "manage");
        return fine.signedIn("delegate");
    }

    /** Turns fine-grained permissions on and creates the administrator. */
    private static String permissions(RealmFixture fine) {
        ObjectNode settings =
                (ObjectNode) fine.master().get(fine.admin("")).expect(200).json();
        fine.master()
                .put(fine.admin(""), settings.put("adminPermissionsEnabled", true))
                .expect(204);
        RealmSetup roles = new RealmSetup(fine);
        roles.give(fine.user("delegate"), "realm-management", "query-users");
        return fine.admin("/clients/" + roles.idOf("admin-permissions") + "/authz/resource-server");
    }

    private static String policy(RealmFixture fine, String permissions, String logic) {
        String id = fine.master()
                .get(fine.admin("/users?exact=true&username=delegate"))
                .expect(200)
                .json()
                .get(0)
                .get("id")
                .asText();
        return fine.master()
                .post(
                        permissions + "/policy/user",
                        Map.of("name", "delegate " + logic, "users", List.of(id), "logic", logic))
                .expect(201)
                .text("id");
    }

    private static void permit(
            RealmFixture fine,
            String permissions,
            String type,
            List<String> resources,
            String policy,
            String... scopes) {
        fine.master()
                .post(
                        permissions + "/permission/scope",
                        Map.of(
                                "name",
                                type + resources,
                                "resourceType",
                                type,
                                "resources",
                                resources,
                                "scopes",
                                List.of(scopes),
                                "policies",
                                List.of(policy)))
                .expect(201);
    }
}
