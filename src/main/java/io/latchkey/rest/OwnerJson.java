package io.latchkey.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.model.ApiKey;
import io.latchkey.model.OwnerType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Whose key it is, in answers: people by their user, service accounts by their client. */
public final class OwnerJson {

    private OwnerJson() {}

    public static ObjectNode of(KeycloakSession session, ApiKey key) {
        RealmModel realm = session.getContext().getRealm();
        UserModel user = session.users().getUserById(realm, key.owner().id());
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("type", key.owner().type().label());
        if (user != null && key.owner().type() == OwnerType.SERVICE_ACCOUNT) {
            ClientModel client = realm.getClientById(user.getServiceAccountClientLink());
            return json.put("id", user.getServiceAccountClientLink())
                    .put("name", client == null ? null : client.getClientId());
        }
        return json.put("id", key.owner().id()).put("name", user == null ? null : user.getUsername());
    }
}
