package io.latchkey.policy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.fakes.Stub;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ClientModel;

class GatewayClientsTest {

    @Test
    void onlyAClientThatAdministratorsMadeIsAGateway() {
        assertTrue(ScopeAndClientResolver.isGateway(client("true", null)));
        // Whoever registered it could have written the attribute.
        assertFalse(ScopeAndClientResolver.isGateway(client("true", "registration-token")));
    }

    @Test
    void clientsAreNoGatewaysUnlessSomebodySaysSo() {
        assertFalse(ScopeAndClientResolver.isGateway(client(null, null)));
        assertFalse(ScopeAndClientResolver.isGateway(client("false", null)));
        assertFalse(ScopeAndClientResolver.isGateway(client("yes", null)));
    }

    private static ClientModel client(String attribute, String registrationToken) {
        return Stub.of(ClientModel.class)
                .with("getAttribute", attribute)
                .with("getRegistrationToken", registrationToken)
                .make();
    }
}
