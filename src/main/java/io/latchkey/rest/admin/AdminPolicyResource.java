package io.latchkey.rest.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.ApiKeysProvider;
import io.latchkey.http.Problem;
import io.latchkey.http.ProblemType;
import io.latchkey.http.RequestReader;
import io.latchkey.keycloak.AccountCaller;
import io.latchkey.policy.FieldError;
import io.latchkey.policy.ParsedPolicyDocument;
import io.latchkey.policy.PolicyDocument;
import io.latchkey.policy.RealmPolicy;
import io.latchkey.policy.ScopeAndClientResolver;
import io.latchkey.rest.AdminKeyPermissions;
import io.latchkey.rest.AdminSettingChange;
import io.latchkey.rest.AdminSettingChange.Result;
import io.latchkey.rest.AdminSettingChange.Subject;
import io.latchkey.rest.KeyResponses;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Reads and replaces the policy of the realm. The policy is validated here and stored in realm attributes. */
public final class AdminPolicyResource {

    private static final String FAULTS = "faults";
    private static final String REMOVED = "removed";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;
    private final AdminKeyPermissions permissions;
    private final AdminSettingChange change;
    private final RequestReader requestReader;

    public AdminPolicyResource(KeycloakSession session, AdminPermissionEvaluator auth, AdminEventBuilder event) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.auth = auth;
        this.permissions = new AdminKeyPermissions(session, auth);
        this.change = new AdminSettingChange(session, event);
        this.requestReader = new RequestReader(session);
    }

    /** The policy as it is in force; {@code faults} names attributes whose value is wrong, {@code removed} those that are gone. */
    @GET
    public Response get() {
        return auth.realm().canViewRealm() ? KeyResponses.ok(document(session, realm)) : forbidden();
    }

    /** The fields of the policy, for forms: type, choices, default and rule. */
    @GET
    @Path("schema")
    public Response schema() {
        return auth.realm().canViewRealm() ? KeyResponses.ok(PolicyDocument.schema()) : forbidden();
    }

    @PUT
    public Response put(byte[] body) {
        if (!auth.realm().canManageRealm()) {
            return forbidden();
        }
        return requestReader.json(body, sent -> {
            ObjectNode wanted = sent.deepCopy();
            // Part of what GET answers, so it may come back, but it is nothing to set.
            wanted.remove(FAULTS);
            wanted.remove(REMOVED);
            ParsedPolicyDocument update = PolicyDocument.read(wanted);
            List<FieldError> errors = update.errors().isEmpty() ? references(update) : update.errors();
            return errors.isEmpty() ? write(update) : Problem.badRequest(errors).toResponse();
        });
    }

    private List<FieldError> references(ParsedPolicyDocument update) {
        List<FieldError> unknown = new ArrayList<>();
        RealmPolicy policy = RealmPolicy.read(name -> update.attributes().get(name) == null
                ? null
                : update.attributes().get(name).orElse(null));
        // What the policy names already may stay, also out of the caller's sight.
        RealmPolicy present = RealmPolicy.read(realm::getAttribute);
        ScopeAndClientResolver names = new ScopeAndClientResolver(realm);
        for (int i = 0; i < policy.scopes().size(); i++) {
            String scope = policy.scopes().get(i);
            Predicate<String> known = id ->
                    present.scopes().contains(scope) || names.scope(id).stream().allMatch(permissions::canSee);
            if (names.scopeId(scope).filter(known).isEmpty()) {
                unknown.add(new FieldError("scopes[" + i + "]", "there is no such client scope"));
            }
        }
        // Not those of the default, which a realm may have removed.
        List<String> clients = update.attributes()
                        .getOrDefault(RealmPolicy.MANAGEMENT_CLIENTS_ATTRIBUTE, Optional.empty())
                        .isPresent()
                ? policy.managementClients()
                : List.of();
        for (int i = 0; i < clients.size(); i++) {
            if (client(clients.get(i), present.managementClients()).isEmpty()) {
                unknown.add(new FieldError("managementClients[" + i + "]", "there is no such client"));
            }
        }
        policy.client()
                .flatMap(
                        id -> faultOfClient(client(id, present.client().stream().toList())))
                .ifPresent(fault -> unknown.add(new FieldError("client", fault)));
        return unknown;
    }

    private Optional<ClientModel> client(String clientId, List<String> present) {
        return Optional.ofNullable(realm.getClientByClientId(clientId))
                .filter(client -> present.contains(clientId) || permissions.canSee(client));
    }

    private static Optional<String> faultOfClient(Optional<ClientModel> client) {
        if (client.isEmpty()) {
            return Optional.of("there is no such client");
        }
        return client.get().isPublicClient()
                ? Optional.empty()
                : Optional.of("must be a public client, since requests that name no client do not authenticate one");
    }

    private Response write(ParsedPolicyDocument update) {
        Subject subject = new Subject(OperationType.UPDATE, ResourceType.REALM, "policy", "api-keys", "policy");
        return change.make(subject, inner -> {
            RealmModel changed = inner.getContext().getRealm();
            update.attributes()
                    .forEach((name, value) -> value.ifPresentOrElse(
                            text -> changed.setAttribute(name, text), () -> changed.removeAttribute(name)));
            addRole(changed);
            ApiKeysProvider.policyAttributeRecord(inner, changed).accept();
            return Result.made(document(inner, changed));
        });
    }

    /** Creates the narrower role for self-service. No user has it by default. */
    private static void addRole(RealmModel realm) {
        ClientModel account = realm.getClientByClientId(Constants.ACCOUNT_MANAGEMENT_CLIENT_ID);
        if (account != null && account.getRole(AccountCaller.MANAGE_API_KEYS) == null) {
            account.addRole(AccountCaller.MANAGE_API_KEYS).setDescription("Manage own API keys and nothing else");
        }
    }

    private static ObjectNode document(KeycloakSession session, RealmModel realm) {
        ObjectNode document = PolicyDocument.write(realm::getAttribute);
        var faults = document.putArray(FAULTS);
        RealmPolicy.faults(realm::getAttribute)
                .forEach(fault ->
                        faults.addObject().put("attribute", fault.field()).put("detail", fault.detail()));
        var removed = document.putArray(REMOVED);
        ApiKeysProvider.policyAttributeRecord(session, realm)
                .removed()
                .forEach(gone ->
                        removed.addObject().put("attribute", gone.attribute()).put("effect", gone.effect()));
        return document;
    }

    private static Response forbidden() {
        return ProblemType.FORBIDDEN.toResponse();
    }
}
