package io.latchkey.keycloak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jboss.resteasy.reactive.server.core.multipart.FormData;
import org.junit.jupiter.api.Test;

/** What a form has that came as bytes. */
class FormBodyTest {

    @Test
    void parametersAreDecodedInTheirOrder() {
        FormData form =
                FormBody.parse("key=a+b%2Bc%C3%A9&scope=x&scope=y&empty=&bare").orElseThrow();

        assertEquals(List.of("a b+cé"), values(form, "key"));
        assertEquals(List.of("x", "y"), values(form, "scope"));
        assertEquals(List.of(""), values(form, "empty"));
        assertEquals(List.of(""), values(form, "bare"));
    }

    @Test
    void emptyBodyIsAnEmptyForm() {
        assertTrue(!FormBody.parse("").orElseThrow().iterator().hasNext());
    }

    @Test
    void brokenEscapeIsNoForm() {
        assertTrue(FormBody.parse("key=%zz").isEmpty());
        assertTrue(FormBody.parse("key=%").isEmpty());
    }

    @Test
    void moreThanAHundredParametersAreNoForm() {
        assertTrue(FormBody.parse("a=1" + "&a=1".repeat(99)).isPresent());
        assertTrue(FormBody.parse("a=1" + "&a=1".repeat(100)).isEmpty());
    }

    private static List<String> values(FormData form, String name) {
        return form.get(name).stream().map(value -> value.getValue()).toList();
    }
}
