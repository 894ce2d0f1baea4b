package io.latchkey.keycloak;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ClientAuthenticationTest {

    @Test
    void exceptionOfAnAuthenticatorIsNoRefusalOfTheClient() {
        RuntimeException fault = new IllegalStateException("the vault cannot be reached");

        CheckFailedException failed = assertThrows(
                CheckFailedException.class, () -> new ClientAuthentication().handleClientAuthException(fault));

        assertSame(fault, failed.getCause());
    }
}
