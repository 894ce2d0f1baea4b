package io.latchkey.credits.rest;

import io.latchkey.credits.ledger.CreditAccount;
import io.latchkey.credits.pricing.AllowanceResolver;
import io.latchkey.http.JsonFields;
import io.latchkey.model.Owner;
import io.latchkey.rest.AdminKeyPermissions;
import io.latchkey.rest.OwnerLookup;
import io.latchkey.rest.OwnerLookup.Named;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Reads the owner and the API of an allowance from a request. */
final class AllowanceTarget {

    private static final int LONGEST = 255;

    private final KeycloakSession session;
    private final RealmModel realm;

    AllowanceTarget(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** The owner and the API of an allowance. */
    record Target(Owner holder, UserModel owner, ClientModel api, CreditAccount account) {}

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
    Optional<Optional<Target>> read(JsonFields fields, AdminKeyPermissions permissions) {
        Optional<Named> named = new OwnerLookup(session).read(fields, permissions::canSee);
        // Checked before any error is reported, which would reveal who exists.
        boolean allowed = named.map(permissions::canManage).orElseGet(permissions::canQuery);
        return allowed ? Optional.of(target(named.flatMap(Named::owner), fields, permissions)) : Optional.empty();
    }

    private Optional<Target> target(Optional<Owner> holder, JsonFields fields, AdminKeyPermissions permissions) {
        Optional<ClientModel> api = api(realm, fields, permissions);
        if (holder.isEmpty() || api.isEmpty()) {
            return Optional.empty();
        }
        UserModel owner = session.users().getUserById(realm, holder.get().id());
        return Optional.of(
                new Target(holder.get(), owner, api.get(), AllowanceResolver.account(realm, owner, api.get())));
    }
}
