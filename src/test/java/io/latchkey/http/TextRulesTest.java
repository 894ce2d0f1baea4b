package io.latchkey.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextRulesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ci",
                "<b>bold</b>",
                "a b",
                "a\u00a0b",
                "\u05db\u05d5\u05ea\u05e8\u05ea",
                "\u65e5\u672c\u8a9e",
                "\u0627\u0644\u0639\u0631\u0628\u064a\u0629 \u0600",
                "\ud83d\udd11",
                "\ud83d\udc69\u200d\ud83d\udcbb deploy",
                "\ud83d\udc69\ud83c\udffd\u200d\ud83d\udcbb",
                "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67\u200d\ud83d\udc66",
                "\ud83c\udff4\u200d\u2620\ufe0f",
                "\ud83c\udff3\ufe0f\u200d\ud83c\udf08",
                "\ud83d\ude42\u200d\u2194\ufe0f",
                "\u2764\ufe0f on",
                // Of Unicode 14, 15 and 16.
                "\ud83e\udee0",
                "\ud83e\ude77\u200d\ud83e\udee8",
                "\ud83e\udee9",
                "1\ufe0f\u20e3",
                "\ud83c\udde9\ud83c\uddea",
                "\ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc73\udb40\udc63\udb40\udc74\udb40\udc7f"
            })
    void acceptsVisibleTextAndEmojiSequences(String text) {
        assertEquals(Optional.empty(), TextRules.freeTextFault(text, 1, 64));
        assertEquals(text, TextRules.normalize(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\ufeffb",
                "a\u200eb",
                "\u200fab",
                "a\u200db",
                "a\u200cb",
                "a\u200bb",
                "a\u00adb",
                "a\u034fb",
                "a\u061cb",
                "a\u2060b",
                "a\u3164",
                "a\u2800b",
                "a\ufe0f",
                "1\ufe0f",
                "a\ud83d\udd11\u200d",
                "\ud83d\udd11\u200db",
                "\ud83d\udd11\ufe0f\ufe0f",
                "\ud83d\udd11\u200d\u200d\ud83d\udd11",
                "a\ufffcb",
                "a\ud834\udd59b",
                "a\ud81b\udfe4b",
                "a\ue000b",
                "a\uf8ffb",
                "a\udb80\udc00b",
                "a\udbc0\udc00b",
                "a\udb40\udc67\udb40\udc7f",
                "\ud83c\udff4\udb40\udc78\udb40\udc78\udb40\udc7f",
                "a\udb40\udd00"
            })
    void refusesInvisibleCharactersOutsideEmojiSequences(String text) {
        assertEquals(Optional.of("must not contain invisible characters"), TextRules.freeTextFault(text, 1, 64));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\u200b\u200b",
                "a\nb",
                "a\u0000",
                "a\u2028b",
                "a\u202eb",
                "\u2066a\u2069",
                "a\u0378b",
                "a\ufdd0b",
                "a\ud83c\udcffb",
                "a\ud83e\ude7fb"
            })
    void refusesWhatPlainTextRefuses(String text) {
        assertEquals(TextRules.lineFault(text, 1, 64), TextRules.freeTextFault(text, 1, 64));
        assertEquals(true, TextRules.freeTextFault(text, 1, 64).isPresent());
    }

    @ParameterizedTest
    @CsvSource({"e\u0301, \u00e9", "\u00e9, \u00e9", "'\u00a0 a \u3000', a", "\u212b, \u00c5"})
    void normalizesToFormC(String written, String stored) {
        assertEquals(stored, TextRules.normalize(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ci", "<b>bold</b>", "👩‍💻 deploy", "כותרת", "日本語", "a b", "a\u200db"})
    void takesEveryLanguageAndMarkupAsItIs(String text) {
        assertEquals(Optional.empty(), TextRules.lineFault(text, 1, 64));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u202egnp.exe", "\u2066a\u2069", "\u00a0", "\u200b\u200b", "a\nb", "a\u0000", "\u2028"})
    void refusesWhatHidesOrReorders(String text) {
        assertTrue(TextRules.lineFault(text, 1, 64).isPresent());
    }
}
