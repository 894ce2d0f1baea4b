package io.latchkey.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparableNameTest {

    @ParameterizedTest
    @CsvSource({
        "Build, bUILD",
        "caf\u00e9, cafe\u0301",
        "CAF\u00c9, cafe\u0301",
        "a b, a\u00a0b",
        "a b, a   b",
        "ab, a\ufeffb",
        "ab, a\u200eb",
        "ab, a\u200db",
        "AB, \uff21\uff22",
        "\u03bf\u03b4\u03bf\u03c2, \u039f\u0394\u039f\u03a3",
        "stra\u00dfe, STRASSE",
        "ab, a\udb40\udc67b",
        "\u2764, \u2764\ufe0f",
        "'\ud83c\udff4', '\ud83c\udff4\udb40\udc78\udb40\udc78\udb40\udc7f'"
    })
    void namesThatLookAlikeAreEqual(String one, String other) {
        assertEquals(ComparableName.of(one), ComparableName.of(other));
    }

    @ParameterizedTest
    @CsvSource({
        "a, b",
        "e, \u00e9",
        "a b, ab",
        "\ud83c\udf63, \ud83c\udf7a",
        "o, 0",
        "'\ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc65\udb40\udc6e\udb40\udc67\udb40\udc7f', '\ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc73\udb40\udc63\udb40\udc74\udb40\udc7f'",
        "'\ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc73\udb40\udc63\udb40\udc74\udb40\udc7f', \ud83c\udff4"
    })
    void namesThatLookDifferentDiffer(String one, String other) {
        assertNotEquals(ComparableName.of(one), ComparableName.of(other));
    }

    @Test
    void nameThatGrowsFitsTheColumn() {
        // One of the longest compatibility decompositions, and a pair of surrogates at the cut.
        assertTrue(ComparableName.of("\ufdfa".repeat(64)).length() <= 255);
        assertEquals(254, ComparableName.of("\ud83d\udd11".repeat(200)).length());
    }
}
