package io.latchkey.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.keycloak.KeycloakUsers;
import io.latchkey.keys.ReferenceVisibility;
import io.latchkey.model.Owner;
import io.latchkey.model.OwnerType;
import io.latchkey.rest.OwnerLookup.Named;
import jakarta.ws.rs.ForbiddenException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * Decides which keys an administrator may see, manage and issue, from Keycloak's permissions on the key's user or client.
 * Issuing a key that acts as a person requires impersonation.
 */
public final class AdminKeyPermissions implements ReferenceVisibility {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;

    public AdminKeyPermissions(KeycloakSession session, AdminPermissionEvaluator auth) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.auth = auth;
    }

    public boolean canViewAll() {
        return withoutException(auth.users().canView(), AdminRoles.VIEW_USERS, AdminRoles.MANAGE_USERS)
                && withoutException(auth.clients().canView(), AdminRoles.VIEW_CLIENTS, AdminRoles.MANAGE_CLIENTS);
    }

    public boolean canManageAll() {
        return withoutException(auth.users().canManage(), AdminRoles.MANAGE_USERS)
                && withoutException(auth.clients().canManage(), AdminRoles.MANAGE_CLIENTS);
    }

    public boolean canIssueToAll() {
        return canManageAll() && withoutException(auth.users().canImpersonate(), AdminRoles.IMPERSONATION);
    }

    /**
     * Another fine-grained permission can exclude one user, group or client from a permission for all of them (26.7: {@code
     * FineGrainedAdminPermissionEvaluator}). Only a role has no exception.
     */
    private boolean withoutException(boolean permitted, String... roles) {
        return permitted && (!realm.isAdminPermissionsEnabled() || auth.hasOneAdminRole(roles));
    }

    /** An import creates keys for any owner that it names, which amounts to impersonating every user. */
    public boolean canTransfer() {
        return canIssueToAll() && auth.realm().canManageRealm();
    }

    public boolean canView(Owner owner) {
        return owner.type() == OwnerType.USER
                ? user(owner, auth.users()::canView, this::canViewAll)
                : client(owner, auth.clients()::canView, this::canViewAll);
    }

    public boolean canManage(Owner owner) {
        return owner.type() == OwnerType.USER
                ? user(owner, auth.users()::canManage, this::canManageAll)
                : client(owner, auth.clients()::canManage, this::canManageAll);
    }

    public boolean canIssue(Owner owner) {
        return canManage(owner) && (owner.type() != OwnerType.USER || user(owner, this::canImpersonate, () -> false));
    }

    /** Whether this administrator may know that there is such an owner. */
    public boolean canSee(Owner owner) {
        return canView(owner) || canManage(owner);
    }

    @Override
    public boolean canSee(ClientModel client) {
        return auth.clients().canView(client) || auth.clients().canManage(client);
    }

    /** Keycloak lists the names of all client scopes to administrators who may search clients. */
    @Override
    public boolean canSee(ClientScopeModel scope) {
        return auth.clients().canListClientScopes() || auth.clients().canView(scope);
    }

    /** An owner that does not exist, or is out of sight, takes the permission for all owners of its type. */
    public boolean canIssue(Named named) {
        return named.owner()
                .map(this::canIssue)
                .orElseGet(() -> canManageAll(named.type())
                        && (named.type() != OwnerType.USER || auth.users().canImpersonate()));
    }

    /** As {@link #canIssue(Named)}. */
    public boolean canManage(Named named) {
        return named.owner().map(this::canManage).orElseGet(() -> canManageAll(named.type()));
    }

    private boolean canManageAll(OwnerType type) {
        return type == OwnerType.USER
                ? auth.users().canManage()
                : auth.clients().canManage();
    }

    /** Whether "not found" would tell this administrator anything new: who may search users may also know of them. */
    public boolean canQuery() {
        return auth.users().canQuery();
    }

    /** The same for an owner of the type that has this label; a user where the label is none. */
    public boolean canQuery(String ownerType) {
        return OwnerType.SERVICE_ACCOUNT.label().equals(ownerType)
                ? auth.clients().canList()
                : canQuery();
    }

    /** Only {@code requireImpersonate} asks for one user in both versions of fine-grained permissions (26.7). */
    private boolean canImpersonate(UserModel user) {
        try {
            auth.users().requireImpersonate(user);
            return true;
        } catch (ForbiddenException refused) {
            return false;
        }
    }

    /** @param forAll whether the administrator may do this with every owner: of one who is gone, only that can be asked */
    private boolean user(Owner owner, Predicate<UserModel> permission, BooleanSupplier forAll) {
        UserModel user = KeycloakUsers.find(session, realm, owner.id()).orElse(null);
        return user == null ? forAll.getAsBoolean() : permission.test(user);
    }

    private boolean client(Owner owner, Predicate<ClientModel> permission, BooleanSupplier forAll) {
        UserModel account = KeycloakUsers.find(session, realm, owner.id()).orElse(null);
        String link = account == null ? null : account.getServiceAccountClientLink();
        ClientModel client = link == null ? null : realm.getClientById(link);
        return client == null ? forAll.getAsBoolean() : permission.test(client);
    }

    /**
     * Lists what the administrator may do with keys of the realm or of one owner, and with the policy, so that pages hide actions
     * that would be refused. A missing owner gives the same result as an invisible one.
     */
    public ObjectNode describe(Optional<Owner> owner) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("viewKeys", canViewAll() || owner.filter(this::canView).isPresent())
                .put(
                        "manageKeys",
                        canManageAll() || owner.filter(this::canManage).isPresent())
                .put("issueKeys", owner.map(this::canIssue).orElseGet(this::canIssueToAll))
                .put("viewPolicy", auth.realm().canViewRealm())
                .put("managePolicy", auth.realm().canManageRealm());
    }
}
