package io.latchkey.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PeppersTest {

    private static final String BYTES_15 = "AAECAwQFBgcICQoLDA0O";
    private static final String BYTES_16 = "AAECAwQFBgcICQoLDA0ODw==";
    private static final String BYTES_17 = "AAECAwQFBgcICQoLDA0ODxA=";

    @Test
    void withoutPeppersTheNewestIsPlain() {
        assertEquals(0, Peppers.none().newest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1:%1$s 2:%2$s", "2:%2$s 1:%1$s", "\n1:%1$s\r\n\t2:%2$s \n"})
    void highestVersionIsTheNewestWhereverItStands(String format) {
        Peppers peppers = Peppers.parse(String.format(format, BYTES_16, BYTES_17));

        assertEquals(2, peppers.newest());
        assertEquals(16, peppers.key(1).orElseThrow().getEncoded().length);
        assertEquals(17, peppers.key(2).orElseThrow().getEncoded().length);
        assertTrue(peppers.key(3).isEmpty());
    }

    @Test
    void versionsAreComparedAsNumbers() {
        assertEquals(10, Peppers.parse("10:" + BYTES_16 + " 9:" + BYTES_17).newest());
    }

    @ParameterizedTest
    @CsvSource({
        "0:" + BYTES_16 + ", Pepper version 0 is less than 1",
        "1:" + BYTES_15 + ", Pepper version 1 has 15 bytes; at least 16 are needed",
        "7:, Pepper version 7 has 0 bytes; at least 16 are needed",
        "3:AAECAwQFBgcICQoLDA0OD!==, Pepper version 3 is not base64",
        "1:" + BYTES_16 + " 1:" + BYTES_17 + ", Pepper version 1 is given more than once",
        "1:" + BYTES_16 + " " + BYTES_17
                + ", Pepper entry 2 of 2 is not version:base64 with a version from 1 to 999999999",
        "-1:" + BYTES_16 + ", Pepper entry 1 of 1 is not version:base64 with a version from 1 to 999999999",
        "9999999999:" + BYTES_16 + ", Pepper entry 1 of 1 is not version:base64 with a version from 1 to 999999999",
    })
    void refusalNamesVersionAndBound(String text, String message) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> Peppers.parse(text));

        assertEquals(message, refusal.getMessage());
        // The decoder's own message quotes a character of the pepper.
        assertNull(refusal.getCause());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n"})
    void anEmptyTextIsNotTakenForNoPepper(String text) {
        assertThrows(IllegalArgumentException.class, () -> Peppers.parse(text));
    }

    @Test
    void printsVersionsOnly() {
        String printed = Peppers.parse("1:" + BYTES_16 + " 2:" + BYTES_17).toString();

        assertEquals("Peppers[1, 2][redacted]", printed);
        assertFalse(printed.contains(BYTES_16));
    }
}
