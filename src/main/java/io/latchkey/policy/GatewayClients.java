package io.latchkey.policy;

import org.keycloak.models.ClientModel;

/**
 * Tells whether a client is a gateway, which may ask for every API of its realm: administrators mark it with an attribute.
 * Keycloak's dynamic registration takes any attribute from whoever registers a client, so one that has a registration
 * access token is none.
 */
public final class GatewayClients {

    private static final String ATTRIBUTE = "latchkey.gateway";

    private GatewayClients() {}

    public static boolean isOf(ClientModel client) {
        return Boolean.parseBoolean(client.getAttribute(ATTRIBUTE)) && client.getRegistrationToken() == null;
    }
}
