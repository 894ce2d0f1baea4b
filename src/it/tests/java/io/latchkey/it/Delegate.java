package io.latchkey.it;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** An administrator with fine-grained permissions. */
final class Delegate {

    private Delegate() {}

    /** Somebody who may search users and has a fine-grained permission for one of them. */
    static ApiClient of(RealmFixture fine, String userId, String... scopes) {
        ApiClient master = fine.master();
        ObjectNode settings =
                (ObjectNode) master.get(fine.admin("")).expect(200).json();
        master.put(fine.admin(""), settings.put("adminPermissionsEnabled", true))
                .expect(204);
        String delegateId = fine.user("delegate");
        RealmRoles roles = new RealmRoles(fine);
        roles.give(delegateId, "realm-management", "query-users");
        String permissions = fine.admin("/clients/" + roles.client("admin-permissions") + "/authz/resource-server");
        String policy = master.post(
                        permissions + "/policy/user", Map.of("name", "delegate", "users", List.of(delegateId)))
                .expect(201)
                .text("id");
        master.post(
                        permissions + "/permission/scope",
                        Map.of(
                                "name", "one person",
                                "resourceType", "Users",
                                "resources", List.of(userId),
                                "scopes", List.of(scopes),
                                "policies", List.of(policy)))
                .expect(201);
        return fine.signedIn("delegate");
    }
}
