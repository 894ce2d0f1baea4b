package io.latchkey.credits.pricing;

import io.latchkey.credits.ledger.CreditAccount;
import io.latchkey.keycloak.OwnerCache;
import io.latchkey.model.Allowance;
import io.latchkey.policy.PlanDocument;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.RoleUtils;

/**
 * Resolves an owner's allowance at an API: the one an administrator set, or else the most generous of the owner's plans.
 * The result is attached to the cached owner, so that every change takes effect at once.
 *
 * @param manual reads the allowance that an administrator has set
 */
public record AllowanceResolver(
        OwnerCache ownerCache, Function<CreditAccount, Optional<Allowance>> manual, RealmModel realm) {

    /** Prefix of the role attributes; the client id of an API follows. */
    public static final String PREFIX = PlanDocument.CREDITS_PREFIX;

    public static CreditAccount account(RealmModel realm, UserModel owner, ClientModel api) {
        return new CreditAccount(realm.getId(), owner.getId(), api.getId());
    }

    public Allowance resolve(UserModel owner, ClientModel api) {
        return ownerCache.computeIfAbsent(
                ownerCache.attachments(owner),
                new CacheKey(api.getId(), api.getClientId()),
                () -> manual.apply(account(realm, owner, api)).orElseGet(() -> fromPlans(owner, api)));
    }

    /** The allowance of the owner's plans alone. */
    public static Allowance fromPlans(UserModel owner, ClientModel api) {
        String attribute = PREFIX + api.getClientId();
        return roles(owner)
                .map(role -> role.getFirstAttribute(attribute))
                .flatMap(text -> Stream.ofNullable(text).map(Allowance::parse).flatMap(Optional::stream))
                .max(Allowance.BY_GENEROSITY)
                .orElse(Allowance.NOTHING);
    }

    /** The client ids of the APIs in the owner's plans. */
    public static Set<String> apisInPlans(UserModel owner) {
        return roles(owner)
                .flatMap(role -> role.getAttributes().keySet().stream())
                .filter(name -> name.startsWith(PREFIX))
                .map(name -> name.substring(PREFIX.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<RoleModel> roles(UserModel owner) {
        return RoleUtils.getDeepUserRoleMappings(owner).stream().filter(role -> !role.isClientRole());
    }

    private record CacheKey(String apiId, String clientId) {}
}
