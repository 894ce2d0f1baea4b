package io.latchkey.verify;

import io.latchkey.key.KeyKind;
import io.latchkey.model.ApiKey;
import io.latchkey.model.Restrictions;
import io.latchkey.policy.ScopeAndClientResolver;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Checks the restrictions of a key (addresses, origins, audiences, scopes) for one use, and the owner's right to what the
 * use requires.
 */
final class RestrictionCheck {

    private RestrictionCheck() {}

    static Optional<Reason> violation(RealmModel realm, ApiKey key, UserModel owner, KeyUseRequest request) {
        Restrictions limits = key.restrictions();
        if (request.accepts() == KeyUseRequest.Accepts.LOGIN
                && !(limits.scopes().isEmpty() && limits.audiences().isEmpty())) {
            return Optional.of(Reason.RESTRICTED);
        }
        if (!limits.admitsAddress(request.address())) {
            return Optional.of(Reason.ADDRESS_NOT_ALLOWED);
        }
        if (!limits.admitsOrigin(request.origin())) {
            return Optional.of(Reason.ORIGIN_NOT_ALLOWED);
        }
        ScopeAndClientResolver names = new ScopeAndClientResolver(realm);
        if (!limits.audiences().isEmpty()
                && !names.audiences(limits.audiences()).containsAll(request.audiences())) {
            return Optional.of(Reason.AUDIENCE_NOT_ALLOWED);
        }
        return request.scopes().stream().allMatch(scope -> isPermitted(names, key, owner, scope))
                ? Optional.empty()
                : Optional.of(Reason.SCOPE_NOT_ALLOWED);
    }

    private static boolean isPermitted(ScopeAndClientResolver names, ApiKey key, UserModel owner, String scope) {
        List<String> own = key.restrictions().scopes();
        // A publishable key has none of its owner's.
        boolean any = own.isEmpty() && key.prefix().kind() == KeyKind.SECRET;
        Optional<String> id = names.scopeId(scope).filter(found -> any || own.contains(found));
        return id.isPresent()
                && names.scope(id.get())
                        .filter(model -> !ScopePermission.isGiven(model, owner))
                        .isEmpty();
    }

    /** The names of the scopes of a restricted key that its owner may use now. */
    static List<String> permittedScopes(RealmModel realm, ApiKey key, UserModel owner) {
        ScopeAndClientResolver names = new ScopeAndClientResolver(realm);
        return names.scopes(key.restrictions().scopes()).stream()
                .filter(scope -> isPermitted(names, key, owner, scope))
                .toList();
    }
}
