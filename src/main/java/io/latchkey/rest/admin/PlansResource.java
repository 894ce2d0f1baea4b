package io.latchkey.rest.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.http.Problem;
import io.latchkey.http.ProblemType;
import io.latchkey.http.RequestReader;
import io.latchkey.keys.OwnerPlans;
import io.latchkey.policy.ParsedPolicyDocument;
import io.latchkey.policy.PlanDocument;
import io.latchkey.rest.AdminKeyPermissions;
import io.latchkey.rest.AdminSettingChange;
import io.latchkey.rest.AdminSettingChange.Result;
import io.latchkey.rest.AdminSettingChange.Subject;
import io.latchkey.rest.KeyResponses;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Reads, writes and removes the plans of a realm, which are realm roles with {@code latchkey.} attributes. */
public final class PlansResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;
    private final AdminKeyPermissions permissions;
    private final AdminSettingChange change;

    public PlansResource(KeycloakSession session, AdminPermissionEvaluator auth, AdminEventBuilder event) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.auth = auth;
        this.permissions = new AdminKeyPermissions(session, auth);
        this.change = new AdminSettingChange(session, event);
    }

    /** By the names of their roles. Keycloak finds no role by an attribute, so all realm roles are read. */
    @GET
    public Response list() {
        if (!auth.realm().canViewRealm()) {
            return forbidden();
        }
        ArrayNode plans = JsonNodeFactory.instance.arrayNode();
        realm.getRolesStream()
                .sorted(Comparator.comparing(RoleModel::getName))
                .filter(role -> !OwnerPlans.attributes(role).isEmpty())
                .forEach(role -> plans.add(document(role)));
        return KeyResponses.ok(plans);
    }

    /** The plan that a role is; one that is none leaves everything to the policy of the realm. */
    @GET
    @Path("{role}")
    public Response get(@PathParam("role") String name) {
        return auth.realm().canViewRealm() ? with(name, role -> KeyResponses.ok(document(role))) : forbidden();
    }

    /** Makes the role that plan, whatever it was before. */
    @PUT
    @Path("{role}")
    public Response put(@PathParam("role") String name, byte[] body) {
        if (!auth.realm().canManageRealm()) {
            return forbidden();
        }
        return with(
                name,
                role -> new RequestReader(session).json(body, sent -> {
                    ObjectNode wanted = sent.deepCopy();
                    // Part of what GET answers, so they may come back, but they are nothing to set.
                    wanted.remove("faults");
                    if (wanted.path("role").asText().equals(name)) {
                        wanted.remove("role");
                    }
                    ParsedPolicyDocument update = PlanDocument.read(wanted, api -> isApi(role, api));
                    return update.errors().isEmpty()
                            ? write(role, update.attributes())
                            : Problem.badRequest(update.errors()).toResponse();
                }));
    }

    /** The role stays, and is no plan any more. */
    @DELETE
    @Path("{role}")
    public Response delete(@PathParam("role") String name) {
        return auth.realm().canManageRealm() ? with(name, role -> write(role, Map.of())) : forbidden();
    }

    /** What the plan names already may stay, also out of the caller's sight. */
    private boolean isApi(RoleModel role, String clientId) {
        return Optional.ofNullable(realm.getClientByClientId(clientId))
                .filter(client -> role.getFirstAttribute(PlanDocument.CREDITS_PREFIX + clientId) != null
                        || permissions.canSee(client))
                .isPresent();
    }

    private Response with(String name, Function<RoleModel, Response> answer) {
        return Optional.ofNullable(realm.getRole(name))
                .map(answer)
                .orElseGet(() -> ProblemType.NOT_FOUND
                        .problem("The realm has no role of this name.")
                        .toResponse());
    }

    private Response write(RoleModel role, Map<String, Optional<String>> attributes) {
        Subject subject = new Subject(
                OperationType.UPDATE, ResourceType.REALM_ROLE, "plan", "roles", role.getName(), "api-keys", "plan");
        return change.make(subject, inner -> {
            RoleModel changed = inner.getContext().getRealm().getRoleById(role.getId());
            OwnerPlans.attributes(changed).keySet().forEach(changed::removeAttribute);
            attributes.forEach((name, value) -> value.ifPresent(text -> changed.setSingleAttribute(name, text)));
            return Result.made(document(changed));
        });
    }

    private static ObjectNode document(RoleModel role) {
        return PlanDocument.write(role.getName(), OwnerPlans.attributes(role));
    }

    private static Response forbidden() {
        return ProblemType.FORBIDDEN.toResponse();
    }
}
