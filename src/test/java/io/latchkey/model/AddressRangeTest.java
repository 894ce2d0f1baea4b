package io.latchkey.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressRangeTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "192.0.2.1/32, 192.0.2.1",
        "192.0.2.0/24, 192.0.2.0/24",
        "0.0.0.0/0, 0.0.0.0/0",
        "255.255.255.255, 255.255.255.255",
        "128.0.0.0/1, 128.0.0.0/1",
        "192.0.2.254/31, 192.0.2.254/31",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "2001:db8::/32, 2001:db8::/32",
        "2001:db8::1/128, 2001:db8::1",
        "::/0, ::/0",
        "::1, ::1",
        "::, ::",
        "fe80::/10, fe80::/10",
        "::ffff:192.0.2.1, 192.0.2.1",
        "::ffff:c000:201, 192.0.2.1",
        "::FFFF:192.0.2.0/120, 192.0.2.0/24",
        "::ffff:0:0/96, 0.0.0.0/0",
        "0:0:0:0:0:ffff:192.0.2.1/128, 192.0.2.1",
        "100.200.30.10, 100.200.30.10"
    })
    void isWrittenInItsShortestForm(String written, String shortest) {
        AddressRange range = AddressRange.parse(written).orElseThrow();

        assertEquals(shortest, range.toString());
        assertEquals(Optional.of(range), AddressRange.parse(shortest));
        assertEquals(
                range.hashCode(), AddressRange.parse(shortest).orElseThrow().hashCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0/0",
                "::/0",
                "::ffff:0:0/96",
                "0.0.0.0/1 128.0.0.0/1",
                "::/1 8000::/1",
                "0.0.0.0/2 64.0.0.0/2 128.0.0.0/1 192.0.2.0/24",
                "192.0.2.7 0.0.0.0/0 0.0.0.0/1",
                "2001:db8::/32 128.0.0.0/1 0.0.0.0/1"
            })
    void blocksThatCoverAFamilyAdmitEverything(String blocks) {
        assertTrue(AddressRange.admitEverything(ranges(blocks)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.7",
                "0.0.0.0/1",
                "0.0.0.0/1 0.0.0.0/1",
                "0.0.0.0/1 64.0.0.0/2",
                "0.0.0.0/1 ::/1",
                "0.0.0.0/1 128.0.0.0/2 192.0.0.0/3",
                "::/1 ::/2 8000::/2"
            })
    void blocksThatLeaveSomethingOfEachFamilyDoNotAdmitEverything(String blocks) {
        assertFalse(AddressRange.admitEverything(ranges(blocks)));
    }

    private static List<AddressRange> ranges(String blocks) {
        return Arrays.stream(blocks.split(" "))
                .map(block -> AddressRange.parse(block).orElseThrow())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "/",
                "/24",
                "/0",
                "192.0.2.1/",
                "192.0.2.1/33",
                "192.0.2.0/-1",
                "192.0.2.0/+24",
                "192.0.2.0/024",
                "192.0.2.0/2 4",
                "192.0.2.0/24/24",
                "192.0.2.0/255.255.255.0",
                "192.0.2.0/99999999999",
                "192.0.2.1/24",
                "192.0.2.1/0",
                "192.0.2.255/31",
                "192.0.2",
                "192.0.2.256",
                "192.0.2.1.1",
                "192.0.2.01",
                "010.0.0.1",
                "0x7f.0.0.1",
                "2130706433",
                "192.0.2.1:80",
                " 192.0.2.1",
                "192.0.2.1 ",
                "2001:db8::1/64",
                "2001:db8::/129",
                "2001:db8::1::",
                "2001:db8",
                ":::",
                "g::",
                "12345::",
                "[::1]",
                "[::1",
                "[::1]:80",
                "fe80::1%eth0",
                "fe80::1%1",
                "::1%",
                "%eth0",
                "::ffff:192.0.2.1/24",
                "::ffff:0:0/95",
                "::ffff:192.0.2.256",
                "::ffff:192.0.2.01",
                "::192.0.2.1",
                "64:ff9b::192.0.2.1",
                "0:0:0:0:0:0:192.0.2.1",
                "localhost",
                "example.org",
                "192.0.2.*",
                "192.0.2.1-192.0.2.9",
                "١٩٢.0.2.1",
                "192.0.2.1\u0000",
                "any"
            })
    void isNotReadFrom(String text) {
        assertEquals(Optional.empty(), AddressRange.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.0",
        "192.0.2.0/24, 192.0.2.255",
        "192.0.2.0/24, ::ffff:192.0.2.7",
        "192.0.2.0/24, 0:0:0:0:0:ffff:c000:207",
        "::ffff:192.0.2.0/120, 192.0.2.7",
        "192.0.2.128/25, 192.0.2.128",
        "192.0.2.6/31, 192.0.2.7",
        "192.0.2.7, 192.0.2.7",
        "0.0.0.0/0, 203.0.113.9",
        "2001:db8::/32, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:db8:8000::/33, 2001:db8:8000::1",
        "::/0, 2001:db8::1",
        "::1, 0:0:0:0:0:0:0:1",
        "fe80::/10, febf::1"
    })
    void contains(String range, String address) {
        assertTrue(AddressRange.parse(range).orElseThrow().contains(address));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.3.0",
        "192.0.2.0/24, 192.0.1.255",
        "192.0.2.128/25, 192.0.2.127",
        "192.0.2.6/31, 192.0.2.8",
        "192.0.2.7, 192.0.2.8",
        // Whoever writes one family does not mean the other.
        "0.0.0.0/0, ::1",
        "0.0.0.0/0, ::192.0.2.1",
        "0.0.0.0/0, 64:ff9b::c000:201",
        "::/0, 192.0.2.1",
        "::/0, ::ffff:192.0.2.1",
        "2001:db8::/32, 2001:db9::",
        "2001:db8:8000::/33, 2001:db8:7fff::1",
        "fe80::/10, fec0::1",
        "fe80::/10, fe80::1%eth0",
        "0.0.0.0/0, ''",
        "0.0.0.0/0, unknown",
        "0.0.0.0/0, localhost",
        "0.0.0.0/0, 010.0.0.1",
        "0.0.0.0/0, '192.0.2.1, 192.0.2.2'",
        "0.0.0.0/0, 192.0.2.1:443",
        "::/0, '[::1]'"
    })
    void doesNotContain(String range, String address) {
        assertFalse(AddressRange.parse(range).orElseThrow().contains(address));
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.0/24, 192.0.2.0/25", "0.0.0.0/0, ::/0", "192.0.2.0, 192.0.2.0/24", "10.0.0.0/8, 11.0.0.0/8"})
    void isNotAnother(String one, String other) {
        assertNotEquals(AddressRange.parse(one), AddressRange.parse(other));
    }
}
