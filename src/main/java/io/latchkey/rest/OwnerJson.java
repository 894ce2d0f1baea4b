package io.latchkey.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.adapter.FederatedUsers;
import io.latchkey.model.ApiKey;
import io.latchkey.model.Owner;
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
        return of(realm, FederatedUsers.find(session, realm, key.owner().id()).orElse(null), key.owner());
    }

    /** @param userId of a person or a service account */
    public static ObjectNode of(KeycloakSession session, String userId) {
        RealmModel realm = session.getContext().getRealm();
        UserModel user = FederatedUsers.find(session, realm, userId).orElse(null);
        boolean service = user != null && user.getServiceAccountClientLink() != null;
        return of(realm, user, new Owner(service ? OwnerType.SERVICE_ACCOUNT : OwnerType.USER, userId));
    }

    private static ObjectNode of(RealmModel realm, UserModel user, Owner owner) {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("type", owner.type().label());
        if (user != null && owner.type() == OwnerType.SERVICE_ACCOUNT) {
            ClientModel client = realm.getClientById(user.getServiceAccountClientLink());
            return json.put("id", user.getServiceAccountClientLink())
                    .put("name", client == null ? null : client.getClientId());
        }
        return json.put("id", owner.id()).put("name", user == null ? null : user.getUsername());
    }
}
