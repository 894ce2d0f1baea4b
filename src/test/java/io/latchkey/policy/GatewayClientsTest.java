package io.latchkey.policy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.fakes.Stub;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ClientModel;

class GatewayClientsTest {

    @Test
    void onlyAClientThatAdministratorsMadeIsAGateway() {
        assertTrue(GatewayClients.isOf(client("true", null)));
        // Whoever registered it could have written the attribute.
        assertFalse(GatewayClients.isOf(client("true", "registration-token")));
    }

    @Test
    void clientsAreNoGatewaysUnlessSomebodySaysSo() {
        assertFalse(GatewayClients.isOf(client(null, null)));
        assertFalse(GatewayClients.isOf(client("false", null)));
        assertFalse(GatewayClients.isOf(client("yes", null)));
    }

    private static ClientModel client(String attribute, String registrationToken) {
        return Stub.of(ClientModel.class)
                .with("getAttribute", attribute)
                .with("getRegistrationToken", registrationToken)
                .make();
    }
}
