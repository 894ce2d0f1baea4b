package io.latchkey.verify;

import io.latchkey.model.ApiKey;
import io.latchkey.model.Restrictions;
import io.latchkey.policy.RealmNames;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.RoleUtils;

/** Whether the restrictions of a key allow one use of it, and its owner may do what is asked for. */
final class KeyLimits {

    private KeyLimits() {}

    static Optional<Reason> broken(RealmModel realm, ApiKey key, UserModel owner, KeyRequest request) {
        Restrictions limits = key.restrictions();
        if (!request.restricted()
                && !(limits.scopes().isEmpty() && limits.audiences().isEmpty())) {
            return Optional.of(Reason.RESTRICTED);
        }
        if (!limits.admitsAddress(request.address())) {
            return Optional.of(Reason.ADDRESS_NOT_ALLOWED);
        }
        if (!limits.admitsOrigin(request.origin())) {
            return Optional.of(Reason.ORIGIN_NOT_ALLOWED);
        }
        RealmNames names = new RealmNames(realm);
        if (!limits.audiences().isEmpty()
                && !names.audiences(limits.audiences()).containsAll(request.audiences())) {
            return Optional.of(Reason.AUDIENCE_NOT_ALLOWED);
        }
        return request.scopes().stream().allMatch(scope -> isCarried(names, limits, owner, scope))
                ? Optional.empty()
                : Optional.of(Reason.SCOPE_NOT_ALLOWED);
    }

    private static boolean isCarried(RealmNames names, Restrictions limits, UserModel owner, String scope) {
        Optional<String> id = names.scopeId(scope);
        boolean onKey =
                id.isPresent() && (limits.scopes().isEmpty() || limits.scopes().contains(id.get()));
        return onKey
                && names.scope(id.get())
                        .filter(model -> !isPermitted(model, owner))
                        .isEmpty();
    }

    /** The names of the scopes of a restricted key that its owner may use now. */
    static List<String> carried(RealmModel realm, ApiKey key, UserModel owner) {
        RealmNames names = new RealmNames(realm);
        return names.scopes(key.restrictions().scopes()).stream()
                .filter(scope -> isCarried(names, key.restrictions(), owner, scope))
                .toList();
    }

    /** As Keycloak itself decides when it makes a token (26.7: {@code DefaultClientSessionContext}). */
    private static boolean isPermitted(ClientScopeModel scope, UserModel owner) {
        Set<RoleModel> roles = RoleUtils.expandCompositeRoles(
                new HashSet<>(scope.getScopeMappingsStream().toList()));
        return roles.isEmpty() || roles.stream().anyMatch(owner::hasRole);
    }
}
