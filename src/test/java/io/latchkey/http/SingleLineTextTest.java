package io.latchkey.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SingleLineTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"ci", "<b>bold</b>", "👩‍💻 deploy", "כותרת", "日本語", "a b", "a\u200db"})
    void takesEveryLanguageAndMarkupAsItIs(String text) {
        assertEquals(Optional.empty(), SingleLineText.fault(text, 1, 64));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u202egnp.exe", "\u2066a\u2069", "\u00a0", "\u200b\u200b", "a\nb", "a\u0000", "\u2028"})
    void refusesWhatHidesOrReorders(String text) {
        assertTrue(SingleLineText.fault(text, 1, 64).isPresent());
    }
}
