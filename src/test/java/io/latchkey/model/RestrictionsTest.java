package io.latchkey.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RestrictionsTest {

    @Test
    void noneAdmitsEverybody() {
        assertTrue(Restrictions.NONE.admitsAddress(Optional.empty()));
        assertTrue(Restrictions.NONE.admitsAddress(Optional.of("anything")));
        assertTrue(Restrictions.NONE.admitsOrigin(Optional.empty()));
        assertTrue(Restrictions.NONE.admitsOrigin(Optional.of("null")));
    }

    @Test
    void oneOfSeveralBlocksIsEnough() {
        Restrictions limits = of("", "", "192.0.2.0/24 2001:db8::/32", "");

        assertTrue(limits.admitsAddress(Optional.of("192.0.2.9")));
        assertTrue(limits.admitsAddress(Optional.of("2001:db8::9")));
        assertFalse(limits.admitsAddress(Optional.of("198.51.100.1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "192.0.2.9, 198.51.100.1", "192.0.2.9%eth0"})
    void anAddressNobodyCanReadIsNotAdmitted(String address) {
        assertFalse(of("", "", "0.0.0.0/0 ::/0", "").admitsAddress(Optional.of(address)));
    }

    @Test
    void anUnknownAddressOrOriginIsNotAdmitted() {
        assertFalse(of("", "", "0.0.0.0/0 ::/0", "").admitsAddress(Optional.empty()));
        assertFalse(of("", "", "", "https://a.example").admitsOrigin(Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example, true",
        "https://A.example:443, true",
        "http://a.example, false",
        "https://a.example:8443, false",
        "https://a.example.evil.example, false",
        "https://sub.a.example, false",
        "https://a.example/, false",
        "null, false"
    })
    void anOriginIsThisOneOrAnother(String origin, boolean admitted) {
        assertEquals(admitted, of("", "", "", "https://a.example").admitsOrigin(Optional.of(origin)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s1 s2 | s1 s2 | true",
                "s1    | s1 s2 | true",
                "s1 s2 | s1    | false",
                "s3    | s1 s2 | false",
                "''    | s1    | false",
                "s1    | ''    | true",
                "''    | ''    | true"
            })
    void everyListIsComparedForItself(String narrow, String wide, boolean within) {
        assertEquals(within, of(narrow, "", "", "").isWithin(of(wide, "", "", "")));
        assertEquals(within, of("", narrow, "", "").isWithin(of("", wide, "", "")));
    }

    @Test
    void addressesAndOriginsAreComparedAsTheyAreWritten() {
        assertTrue(of("", "", "10.0.0.0/8", "").isWithin(of("", "", "10.0.0.0/8 192.0.2.1", "")));
        assertFalse(of("", "", "", "").isWithin(of("", "", "192.0.2.1", "")));
        assertFalse(of("", "", "10.1.0.0/16", "").isWithin(of("", "", "10.0.0.0/8", "")));
        assertFalse(of("", "", "", "http://b.example").isWithin(of("", "", "", "http://a.example")));
    }

    @Test
    void nobodyChangesThemAfterwards() {
        List<String> scopes = new ArrayList<>(List.of("s1"));
        Restrictions limits = new Restrictions(scopes, List.of(), List.of(), List.of());

        scopes.clear();

        assertEquals(List.of("s1"), limits.scopes());
    }

    private static Restrictions of(String scopes, String audiences, String addresses, String origins) {
        return new Restrictions(
                words(scopes),
                words(audiences),
                words(addresses).stream()
                        .map(text -> AddressRange.parse(text).orElseThrow())
                        .toList(),
                words(origins).stream()
                        .map(text -> WebOrigin.parse(text).orElseThrow())
                        .toList());
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
}
