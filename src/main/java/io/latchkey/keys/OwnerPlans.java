package io.latchkey.keys;

import io.latchkey.policy.OwnerPolicy;
import io.latchkey.policy.RealmPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.RoleUtils;

/**
 * Reads the plans of an owner. A plan is a role with {@code latchkey.} attributes that the owner has directly, by a
 * group or by a composite role.
 */
public final class OwnerPlans {

    private static final String PREFIX = "latchkey.";

    private OwnerPlans() {}

    public static OwnerPolicy policyOf(UserModel owner, RealmPolicy policy) {
        return OwnerPolicy.of(policy, of(owner));
    }

    /** What each of them says. */
    public static List<Map<String, String>> of(UserModel owner) {
        return roles(owner).map(OwnerPlans::attributes).toList();
    }

    /** The names of their roles, in order. */
    public static List<String> names(UserModel owner) {
        return roles(owner).map(RoleModel::getName).sorted().toList();
    }

    private static Stream<RoleModel> roles(UserModel owner) {
        return RoleUtils.getDeepUserRoleMappings(owner).stream()
                .filter(role -> !role.isClientRole() && !attributes(role).isEmpty());
    }

    /** What a role says as a plan; empty for a role that is none. */
    public static Map<String, String> attributes(RoleModel role) {
        Map<String, String> ours = new HashMap<>();
        role.getAttributes().forEach((name, values) -> {
            if (name.startsWith(PREFIX) && !values.isEmpty()) {
                ours.put(name, values.get(0));
            }
        });
        return ours;
    }
}
