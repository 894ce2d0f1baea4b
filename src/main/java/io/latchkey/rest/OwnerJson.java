package io.latchkey.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.model.ApiKey;
import io.latchkey.model.Owner;
import io.latchkey.model.OwnerType;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Writes the owner of a key as JSON: people by user, service accounts by client. */
public final class OwnerJson {

    private OwnerJson() {}

    public static ObjectNode of(KeycloakSession session, ApiKey key) {
        return of(session.getContext().getRealm(), new UserNames(session), key.owner());
    }

    /** @param userId of a person or a service account */
    public static ObjectNode of(KeycloakSession session, String userId) {
        UserNames users = new UserNames(session);
        boolean service = users.client(userId).isPresent();
        return of(
                session.getContext().getRealm(),
                users,
                new Owner(service ? OwnerType.SERVICE_ACCOUNT : OwnerType.USER, userId));
    }

    static ObjectNode of(RealmModel realm, UserNames users, Owner owner) {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("type", owner.type().label());
        Optional<String> clientId =
                owner.type() == OwnerType.SERVICE_ACCOUNT ? users.client(owner.id()) : Optional.empty();
        if (clientId.isPresent()) {
            ClientModel client = realm.getClientById(clientId.get());
            return json.put("id", clientId.get()).put("name", client == null ? null : client.getClientId());
        }
        return json.put("id", owner.id()).put("name", users.username(owner.id()).orElse(null));
    }
}
