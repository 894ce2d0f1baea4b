package io.latchkey.credits.rest;

import io.latchkey.credits.ledger.CreditAccount;
import io.latchkey.credits.pricing.AllowanceResolver;
import io.latchkey.http.JsonFields;
import io.latchkey.model.Allowance;
import io.latchkey.rest.AdminKeyPermissions;
import io.latchkey.rest.OwnerLookup;
import io.latchkey.rest.OwnerLookup.Named;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Identifies the allowance that an administrator changes: its owner and its API, which it reads from the request. */
record AllowanceTarget(UserModel owner, ClientModel api, CreditAccount account) {

    private static final int LONGEST = 255;

    /** Reads the member {@code api}, a client id. A client that the caller may not see is as wrong as one that does not exist. */
    static Optional<ClientModel> api(RealmModel realm, JsonFields fields, AdminKeyPermissions permissions) {
        Optional<String> clientId = fields.required("api", fields.text("api", 1, LONGEST));
        Optional<ClientModel> api = clientId.map(realm::getClientByClientId).filter(permissions::canSee);
        if (clientId.isPresent() && api.isEmpty()) {
            fields.reject("api", "there is no such client");
        }
        return api;
    }

    /**
     * Reads the members {@code owner} and {@code api}, and adds an error for each invalid one.
     *
     * @return empty if the caller lacks the permission
     */
    static Optional<Optional<AllowanceTarget>> read(
            KeycloakSession session, JsonFields fields, AdminKeyPermissions permissions) {
        Optional<Named> named = new OwnerLookup(session).read(fields, permissions::canSee);
        // Checked before any error is reported, which would reveal who exists.
        boolean allowed = named.map(permissions::canManage).orElseGet(permissions::canQuery);
        if (!allowed) {
            return Optional.empty();
        }
        RealmModel realm = session.getContext().getRealm();
        Optional<ClientModel> api = api(realm, fields, permissions);
        Optional<UserModel> owner = api.flatMap(any -> named.flatMap(Named::owner))
                .map(found -> session.users().getUserById(realm, found.id()));
        return Optional.of(owner.map(
                user -> new AllowanceTarget(user, api.get(), AllowanceResolver.account(realm, user, api.get()))));
    }

    /** The allowance of the owner's plans, which the administrator replaces. */
    Allowance fromPlans() {
        return AllowanceResolver.fromPlans(owner, api);
    }
}
