package io.latchkey.keycloak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jboss.resteasy.reactive.server.core.multipart.FormData;
import org.junit.jupiter.api.Test;

class ClientAuthenticationTest {

    @Test
    void exceptionOfAnAuthenticatorIsNoRefusalOfTheClient() {
        RuntimeException fault = new IllegalStateException("the vault cannot be reached");

        CheckFailedException failed = assertThrows(
                CheckFailedException.class,
                () -> new ClientAuthentication.Processor().handleClientAuthException(fault));

        assertSame(fault, failed.getCause());
    }

    @Test
    void parametersOfAFormAreDecodedInTheirOrder() {
        FormData form = ClientAuthentication.parseForm("key=a+b%2Bc%C3%A9&scope=x&scope=y&empty=&bare")
                .orElseThrow();

        assertEquals(List.of("a b+cé"), values(form, "key"));
        assertEquals(List.of("x", "y"), values(form, "scope"));
        assertEquals(List.of(""), values(form, "empty"));
        assertEquals(List.of(""), values(form, "bare"));
    }

    @Test
    void emptyBodyIsAnEmptyForm() {
        assertFalse(ClientAuthentication.parseForm("").orElseThrow().iterator().hasNext());
    }

    @Test
    void brokenEscapeIsNoForm() {
        assertTrue(ClientAuthentication.parseForm("key=%zz").isEmpty());
        assertTrue(ClientAuthentication.parseForm("key=%").isEmpty());
    }

    @Test
    void moreThanAHundredParametersAreNoForm() {
        assertTrue(ClientAuthentication.parseForm("a=1" + "&a=1".repeat(99)).isPresent());
        assertTrue(ClientAuthentication.parseForm("a=1" + "&a=1".repeat(100)).isEmpty());
    }

    private static List<String> values(FormData form, String name) {
        return form.get(name).stream().map(value -> value.getValue()).toList();
    }
}
