package io.latchkey.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.latchkey.fakes.Stub;
import jakarta.ws.rs.WebApplicationException;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

class MissingHookGuardTest {

    @Test
    void disabledProviderIs503() {
        KeycloakSession session = Stub.of(KeycloakSession.class)
                .with(
                        "getKeycloakSessionFactory",
                        Stub.of(KeycloakSessionFactory.class)
                                .with("getProviderFactory", null)
                                .make())
                .make();

        assertEquals(
                503,
                assertThrows(WebApplicationException.class, () -> MissingHookGuard.check(session))
                        .getResponse()
                        .getStatus());
    }
}
