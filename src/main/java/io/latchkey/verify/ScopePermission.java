package io.latchkey.verify;

import java.util.HashSet;
import java.util.Set;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.RoleUtils;

/** Whether somebody's roles open a client scope, as Keycloak decides when it makes a token (26.7: {@code DefaultClientSessionContext}). */
public final class ScopePermission {

    private ScopePermission() {}

    public static boolean isGiven(ClientScopeModel scope, UserModel owner) {
        Set<RoleModel> roles = RoleUtils.expandCompositeRoles(
                new HashSet<>(scope.getScopeMappingsStream().toList()));
        return roles.isEmpty() || roles.stream().anyMatch(owner::hasRole);
    }
}
