package io.latchkey.rest.admin;

import io.latchkey.credits.AllowanceResolver;
import io.latchkey.http.JsonFields;
import io.latchkey.model.CreditAccount;
import io.latchkey.model.Owner;
import io.latchkey.rest.admin.OwnerLookup.Named;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Finds whose credits at which API somebody means. */
final class AllowanceTarget {

    private static final int LONGEST = 255;

    private final KeycloakSession session;
    private final RealmModel realm;

    AllowanceTarget(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** An owner, and an API. */
    record Place(Owner holder, UserModel owner, ClientModel api, CreditAccount account) {}

    /** Reads the member {@code api}, a client id. */
    static Optional<ClientModel> api(RealmModel realm, JsonFields fields) {
        Optional<String> clientId = fields.required("api", fields.text("api", 1, LONGEST));
        Optional<ClientModel> api = clientId.map(realm::getClientByClientId);
        if (clientId.isPresent() && api.isEmpty()) {
            fields.reject("api", "there is no such client");
        }
        return api;
    }

    /**
     * Reads the members {@code owner} and {@code api}; what is wrong becomes a violation.
     *
     * @return empty where the caller may not
     */
    Optional<Optional<Place>> read(JsonFields fields, KeyPermissions permissions) {
        Optional<Named> named = new OwnerLookup(session).read(fields, permissions::canSee);
        // Before anything else is said, so that nobody learns here who exists.
        boolean allowed = named.map(permissions::canManage).orElseGet(permissions::canQuery);
        return allowed ? Optional.of(place(named.flatMap(Named::owner), fields)) : Optional.empty();
    }

    private Optional<Place> place(Optional<Owner> holder, JsonFields fields) {
        Optional<ClientModel> api = api(realm, fields);
        if (holder.isEmpty() || api.isEmpty()) {
            return Optional.empty();
        }
        UserModel owner = session.users().getUserById(realm, holder.get().id());
        return Optional.of(
                new Place(holder.get(), owner, api.get(), AllowanceResolver.account(realm, owner, api.get())));
    }
}
