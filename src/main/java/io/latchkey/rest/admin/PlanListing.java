package io.latchkey.rest.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.latchkey.lifecycle.OwnerPlans;
import io.latchkey.policy.PlanDocument;
import io.latchkey.rest.Answers;
import io.latchkey.rest.Problem;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.Map;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** The plans of a realm, by the names of their roles. Keycloak finds no role by an attribute, so all realm roles are read. */
final class PlanListing {

    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;

    PlanListing(RealmModel realm, AdminPermissionEvaluator auth) {
        this.realm = realm;
        this.auth = auth;
    }

    Response all() {
        return auth.realm().canViewRealm()
                ? Answers.ok(plans())
                : Problem.beyondPermissions().toResponse();
    }

    private ArrayNode plans() {
        ArrayNode plans = JsonNodeFactory.instance.arrayNode();
        realm.getRolesStream().sorted(Comparator.comparing(RoleModel::getName)).forEach(role -> {
            Map<String, String> attributes = OwnerPlans.attributes(role);
            if (!attributes.isEmpty()) {
                plans.add(PlanDocument.write(role.getName(), attributes));
            }
        });
        return plans;
    }
}
