package io.latchkey.policy;

import org.keycloak.models.ClientModel;

/** Gateways are clients with an attribute that only administrators set: they ask and speak for every API of their realm. */
public final class GatewayRole {

    private static final String ATTRIBUTE = "latchkey.gateway";

    private GatewayRole() {}

    public static boolean isOf(ClientModel client) {
        return Boolean.parseBoolean(client.getAttribute(ATTRIBUTE));
    }
}
