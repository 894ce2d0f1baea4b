package io.latchkey.rest;

import io.latchkey.http.JsonFields;
import io.latchkey.model.Owner;
import io.latchkey.model.OwnerType;
import java.util.Optional;
import java.util.function.Predicate;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Finds the owner that a request names: {@code {"type": "user", "id": ...}}, or by {@code "name"}, a user name or a client
 * id. A service account is named by its client.
 */
public final class OwnerLookup {

    private static final int LONGEST = 255;

    private final KeycloakSession session;
    private final RealmModel realm;

    public OwnerLookup(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /**
     * An owner that a request names.
     *
     * @param owner empty where there is none of that name, or none that the caller may see
     */
    public record Named(OwnerType type, Optional<Owner> owner) {}

    /** Reads the member {@code owner}; what is wrong becomes an error. */
    public Optional<Owner> read(JsonFields fields) {
        return read(fields, any -> true).flatMap(Named::owner);
    }

    /**
     * Reads the member {@code owner}; what is wrong becomes an error, and an owner that the caller may not see is as wrong as one
     * that does not exist. Empty where the member cannot be understood.
     */
    public Optional<Named> read(JsonFields fields, Predicate<Owner> visible) {
        Optional<JsonFields> owner = fields.required("owner", fields.object("owner"));
        if (owner.isEmpty()) {
            return Optional.empty();
        }
        JsonFields inner = owner.get();
        OwnerType type = inner.notNull("type", inner.choice("type", OwnerType::ofLabel, "user, service-account"))
                .given()
                .orElse(OwnerType.USER);
        Optional<String> id = inner.text("id", 1, LONGEST).given();
        Optional<String> name = inner.text("name", 1, LONGEST).given();
        if (id.isPresent() == name.isPresent()) {
            inner.reject("id", "give either id or name");
            return Optional.empty();
        }
        Optional<Owner> found = (type == OwnerType.USER ? person(id, name) : serviceAccount(id, name)).filter(visible);
        if (found.isEmpty()) {
            inner.reject(id.isPresent() ? "id" : "name", "there is no such owner");
        }
        return Optional.of(new Named(type, found));
    }

    /** The user an id of the query parameter {@code owner} stands for: a user's own, or that of a client. */
    public String userId(String id) {
        return serviceAccount(Optional.of(id), Optional.empty()).map(Owner::id).orElse(id);
    }

    /** The owner with the id of a user. A removed user counts as a person. */
    public Owner owner(String userId) {
        UserModel user = session.users().getUserById(realm, userId);
        boolean person = user == null || user.getServiceAccountClientLink() == null;
        return new Owner(person ? OwnerType.USER : OwnerType.SERVICE_ACCOUNT, userId);
    }

    private Optional<Owner> person(Optional<String> id, Optional<String> name) {
        UserModel user = id.isPresent()
                ? session.users().getUserById(realm, id.get())
                : session.users().getUserByUsername(realm, name.orElseThrow());
        return Optional.ofNullable(user)
                .filter(found -> found.getServiceAccountClientLink() == null)
                .map(found -> new Owner(OwnerType.USER, found.getId()));
    }

    private Optional<Owner> serviceAccount(Optional<String> id, Optional<String> clientId) {
        ClientModel client =
                id.isPresent() ? realm.getClientById(id.get()) : realm.getClientByClientId(clientId.orElseThrow());
        return Optional.ofNullable(client)
                .filter(ClientModel::isServiceAccountsEnabled)
                .map(found -> session.users().getServiceAccount(found))
                .map(account -> new Owner(OwnerType.SERVICE_ACCOUNT, account.getId()));
    }
}
