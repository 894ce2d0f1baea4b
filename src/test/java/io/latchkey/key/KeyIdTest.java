package io.latchkey.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyIdTest {

    @Test
    void readsAndPrintsTwelveDigits() {
        assertEquals("aBcDeFgHi019", KeyId.parse("aBcDeFgHi019").orElseThrow().toString());
    }

    @Test
    void caseMatters() {
        assertNotEquals(new KeyId("aBcDeFgHi019"), new KeyId("ABcDeFgHi019"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "aBcDeFgHi01", "aBcDeFgHi0199", "aBcDeFgHi01-", "aBcDeFgHi01_", "aBcDeFgHi01\u0661"})
    void otherTextIsNoId(String text) {
        assertTrue(KeyId.parse(text).isEmpty());
    }

    @Test
    void cannotBeBuiltFromOtherText() {
        assertThrows(IllegalArgumentException.class, () -> new KeyId("aBcDeFgHi01-"));
        assertThrows(NullPointerException.class, () -> new KeyId(null));
    }
}
