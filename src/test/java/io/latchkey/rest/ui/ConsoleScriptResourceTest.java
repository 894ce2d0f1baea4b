package io.latchkey.rest.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleScriptResourceTest {

    @ParameterizedTest
    @ValueSource(strings = {"\"a1\"", "W/\"a1\"", "\"b2\", W/\"a1\"", "*"})
    void whatTheBrowserHasIsNotSentAgain(String known) {
        assertTrue(ConsoleScriptResource.knows(Optional.of(known), "\"a1\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"b2\"", "a1", ""})
    void anythingElseIs(String known) {
        assertEquals(false, ConsoleScriptResource.knows(Optional.of(known), "\"a1\""));
        assertEquals(false, ConsoleScriptResource.knows(Optional.empty(), "\"a1\""));
    }

    @Test
    void anotherScriptHasAnotherTag() {
        assertNotEquals(content("a").eTag(), content("b").eTag());
        assertEquals(content("a").eTag(), content("a").eTag());
        assertTrue(content("a").eTag().matches("\"[0-9a-f]{32}\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "other.js", "../account.js", "ACCOUNT", "account.js/", "messages_en.properties"})
    void nothingElseOfTheJarIsServed(String file) {
        assertTrue(ConsoleScriptResource.Script.named(file).isEmpty());
    }

    private static ConsoleScriptResource.Script.Content content(String script) {
        return ConsoleScriptResource.Script.Content.of(script.getBytes(StandardCharsets.UTF_8));
    }
}
