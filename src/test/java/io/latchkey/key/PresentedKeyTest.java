package io.latchkey.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Serializable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PresentedKeyTest {

    private static final String KEY = KeyVectors.read().valid().get(0).key();

    @Test
    void nullIsNoKey() {
        assertTrue(PresentedKey.parse(null).isEmpty());
    }

    @Test
    void aKeyInALongerTextIsNoKey() {
        assertTrue(PresentedKey.parse("x".repeat(1_000_000) + KEY).isEmpty());
        assertTrue(PresentedKey.parse(KEY + KEY).isEmpty());
    }

    @Test
    void schemeIsNoPartOfTheSecret() {
        PresentedKey key = PresentedKey.parse("secret-token:" + KEY).orElseThrow();

        assertEquals(KEY, key.secret().reveal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s\n", "%s\r\n", " %s", "\t %s \t", "\n\n%s\n\n", " secret-token:%s\n"})
    void whiteSpaceAroundAKeyIsNoPartOfIt(String form) {
        String sent = form.formatted(KEY);

        assertEquals(KEY, PresentedKey.parse(sent).orElseThrow().secret().reveal());
        assertTrue(PresentedKey.isMeant(sent));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s, %s", "%s,%s", "%s %s", "%s\n%s", "secret-token: %s", "%s,", "\u00a0%s"})
    void whatIsMoreThanOneKeyIsNone(String form) {
        assertTrue(PresentedKey.parse(form.formatted(KEY, KEY)).isEmpty());
    }

    @Test
    void printsThePreviewOnly() {
        assertEquals("kwi_sk_aBcDe...", PresentedKey.parse(KEY).orElseThrow().toString());
    }

    @Test
    void secretPrintsRedacted() {
        PlaintextKey secret = PresentedKey.parse(KEY).orElseThrow().secret();

        assertEquals("[redacted]", secret.toString());
        assertEquals("[redacted]", String.valueOf((Object) secret));
    }

    @Test
    void secretsCannotBeSerialised() {
        assertFalse(Serializable.class.isAssignableFrom(PlaintextKey.class));
        assertFalse(Serializable.class.isAssignableFrom(PresentedKey.class));
        assertFalse(Serializable.class.isAssignableFrom(Peppers.class));
    }
}
