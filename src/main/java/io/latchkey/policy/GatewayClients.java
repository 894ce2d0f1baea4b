package io.latchkey.policy;

import org.keycloak.models.ClientModel;

/**
 * Gateways are clients with an attribute that administrators set: they ask and speak for every API of their realm. Keycloak's dynamic
 * registration takes any attribute from whoever registers a client, so one that has a registration access token is none.
 */
public final class GatewayClients {

    private static final String ATTRIBUTE = "latchkey.gateway";

    private GatewayClients() {}

    public static boolean isOf(ClientModel client) {
        return Boolean.parseBoolean(client.getAttribute(ATTRIBUTE)) && client.getRegistrationToken() == null;
    }
}
