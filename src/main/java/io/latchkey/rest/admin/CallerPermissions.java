package io.latchkey.rest.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.model.Owner;
import io.latchkey.rest.KeyPermissions;
import io.latchkey.rest.KeyResponses;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Predicate;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * Lists what the administrator may do with keys of the realm or of one owner, and with the policy, so that pages hide
 * actions that would be refused. A missing owner gives the same result as an invisible one.
 */
final class CallerPermissions {

    private final KeyPermissions permissions;
    private final AdminPermissionEvaluator auth;

    CallerPermissions(KeyPermissions permissions, AdminPermissionEvaluator auth) {
        this.permissions = permissions;
        this.auth = auth;
    }

    Response of(Optional<Owner> owner) {
        ObjectNode access = JsonNodeFactory.instance
                .objectNode()
                .put("viewKeys", permissions.canViewAll() || may(owner, permissions::canView))
                .put("manageKeys", permissions.canManageAll() || may(owner, permissions::canManage))
                .put("issueKeys", owner.map(permissions::canIssue).orElseGet(permissions::canIssueToAll))
                .put("viewPolicy", auth.realm().canViewRealm())
                .put("managePolicy", auth.realm().canManageRealm());
        return KeyResponses.ok(access);
    }

    private static boolean may(Optional<Owner> owner, Predicate<Owner> permission) {
        return owner.filter(permission).isPresent();
    }
}
