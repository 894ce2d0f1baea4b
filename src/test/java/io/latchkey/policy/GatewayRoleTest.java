package io.latchkey.policy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.standin.StandIn;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ClientModel;

class GatewayRoleTest {

    @Test
    void onlyAClientThatAdministratorsMadeIsAGateway() {
        assertTrue(GatewayRole.isOf(client("true", null)));
        // Whoever registered it could have written the attribute.
        assertFalse(GatewayRole.isOf(client("true", "registration-token")));
    }

    @Test
    void clientsAreNoGatewaysUnlessSomebodySaysSo() {
        assertFalse(GatewayRole.isOf(client(null, null)));
        assertFalse(GatewayRole.isOf(client("false", null)));
        assertFalse(GatewayRole.isOf(client("yes", null)));
    }

    private static ClientModel client(String attribute, String registrationToken) {
        return StandIn.of(ClientModel.class)
                .with("getAttribute", attribute)
                .with("getRegistrationToken", registrationToken)
                .make();
    }
}
