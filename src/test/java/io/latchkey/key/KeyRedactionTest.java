package io.latchkey.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRedactionTest {

    private static final PresentedKey MADE =
            new KeyGenerator(new SecureRandom()).generate(new KeyPrefix("acme", KeyKind.SECRET, Optional.of("live")));
    private static final String KEY = MADE.secret().reveal();

    @ParameterizedTest
    @ValueSource(
            strings = {"%s", " %s\n", "openid %s email", "{\"scope\":\"%s\"}", "secret-token:%s", "/users/%s/x", "%sx"})
    void keyInsideATextIsFoundAndCutToItsPreview(String text) {
        String holding = text.formatted(KEY);

        assertTrue(KeyRedaction.isIn(holding));
        String redacted = KeyRedaction.redact(holding);
        assertFalse(KeyRedaction.isIn(redacted));
        assertEquals(text.replace("%sx", "%s").formatted(MADE.toString()), redacted);
    }

    @Test
    void keyThatIsCutOffOrMistypedIsFound() {
        assertTrue(KeyRedaction.isIn(KEY.substring(0, KEY.length() - 10)));
        assertTrue(KeyRedaction.isIn(KEY.substring(0, KEY.length() - 1) + "?"));
        assertFalse(KeyRedaction.redact(KEY + " " + KEY).contains(KEY.substring(20)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%5F", "%5f", "%255F", "\uff3f"})
    void keyWithEncodedUnderscoresIsFound(String underscore) {
        String redacted = KeyRedaction.redact("scope=" + KEY.replace("_", underscore) + "&x");

        assertEquals("scope=" + MADE.toString().replace("_", underscore) + "&x", redacted);
    }

    @Test
    void keyInAnotherCaseIsFound() {
        String upper = KEY.toUpperCase(Locale.ROOT);

        assertTrue(KeyRedaction.isIn(upper));
        assertFalse(KeyRedaction.redact(upper).contains(upper.substring(20)));
        assertTrue(KeyRedaction.isIn(KEY.toLowerCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", " \n  "})
    void keyThatALineEndDividesIsCutToItsPreview(String lineEnd) {
        for (int at = "acme_sk_live_".length() + 5; at < KEY.length(); at++) {
            String divided = KEY.substring(0, at) + lineEnd + KEY.substring(at);

            assertEquals(MADE + "\nnext line", KeyRedaction.redact(divided + "\nnext line"), divided);
        }
    }

    @Test
    void textBehindAPreviewStays() {
        String text = "acme_sk_live_aBcDe...\nfollowedbyalongwordofmanymoreletterslettersletters";

        assertEquals(text, KeyRedaction.redact(text));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "acme_sk_live_aBcDe...",
                "acme_sk_live_aBcDeFgHiJkL",
                "my_pk_subscription",
                "task_sk_",
                "ci",
                "disk%20space",
                "PK_1",
                "task%5F"
            })
    void idPreviewAndOrdinaryNamesPass(String text) {
        assertFalse(KeyRedaction.isIn(text));
        if (text == null) {
            assertNull(KeyRedaction.redact(text));
        } else {
            assertEquals(text, KeyRedaction.redact(text));
        }
    }
}
