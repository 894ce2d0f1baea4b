package io.latchkey.verify;

import java.util.HashSet;
import java.util.Set;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.RoleUtils;

/**
 * Decides whether a user's roles permit a client scope, as {@code DefaultClientSessionContext} of Keycloak 26.7 does when
 * it makes a token.
 */
public final class ScopePermission {

    private ScopePermission() {}

    public static boolean isGiven(ClientScopeModel scope, UserModel owner) {
        Set<RoleModel> roles = RoleUtils.expandCompositeRoles(
                new HashSet<>(scope.getScopeMappingsStream().toList()));
        return roles.isEmpty() || roles.stream().anyMatch(owner::hasRole);
    }
}
