package io.latchkey.credits;

import io.latchkey.keycloak.OwnerCache;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAccount;
import io.latchkey.policy.PlanDocument;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.RoleUtils;

/**
 * What an owner may spend at an API: what an administrator has set by hand, or else the most generous of the owner's plans, which
 * are realm roles with the attribute {@code latchkey.credits.<client id>}. Remembered beside the owner, so that a change of either
 * counts at once.
 */
public final class AllowanceResolver {

    /** Begins the names of role attributes; the client id of an API follows. */
    public static final String PREFIX = PlanDocument.CREDITS_PREFIX;

    private final OwnerCache ownerCache;
    private final CreditEngine credits;
    private final RealmModel realm;

    public AllowanceResolver(OwnerCache ownerCache, CreditEngine credits, RealmModel realm) {
        this.ownerCache = ownerCache;
        this.credits = credits;
        this.realm = realm;
    }

    public static CreditAccount account(RealmModel realm, UserModel owner, ClientModel api) {
        return new CreditAccount(realm.getId(), owner.getId(), api.getId());
    }

    public Allowance of(UserModel owner, ClientModel api) {
        return ownerCache.computeIfAbsent(
                ownerCache.attachments(owner),
                new Question(api.getId(), api.getClientId()),
                () -> credits.setByHand(account(realm, owner, api)).orElseGet(() -> byPlan(owner, api)));
    }

    /** What the owner's plans give, whatever was set by hand. */
    public static Allowance byPlan(UserModel owner, ClientModel api) {
        String attribute = PREFIX + api.getClientId();
        return roles(owner)
                .map(role -> role.getFirstAttribute(attribute))
                .flatMap(text -> Stream.ofNullable(text).map(Allowance::parse).flatMap(Optional::stream))
                .max(Allowance.BY_GENEROSITY)
                .orElse(Allowance.NOTHING);
    }

    /** The client ids that the owner's plans name. */
    public static Set<String> namedByPlans(UserModel owner) {
        Set<String> named = new TreeSet<>();
        roles(owner)
                .map(RoleModel::getAttributes)
                .map(Map::keySet)
                .flatMap(Set::stream)
                .filter(name -> name.startsWith(PREFIX))
                .map(name -> name.substring(PREFIX.length()))
                .forEach(named::add);
        return named;
    }

    private static Stream<RoleModel> roles(UserModel owner) {
        return RoleUtils.getDeepUserRoleMappings(owner).stream().filter(role -> !role.isClientRole());
    }

    private record Question(String apiId, String clientId) {}
}
