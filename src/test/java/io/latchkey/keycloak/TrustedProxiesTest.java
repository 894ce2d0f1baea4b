package io.latchkey.keycloak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.model.CallerAndLastHop;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which address of a forwarding header is the caller's. */
class TrustedProxiesTest {

    private static final String PROXY = "10.0.0.1";
    private static final TrustedProxies LISTED = xForwarded("10.0.0.0/8,2001:db8:5::/48");
    private static final TrustedProxies ONE_HOP = TrustedProxies.of(Optional.of("xforwarded"), Optional.empty());
    private static final TrustedProxies FORWARDED =
            TrustedProxies.of(Optional.of("forwarded"), Optional.of("10.0.0.0/8"));

    @Test
    void withoutProxyHeadersThePeerIsTheCaller() {
        TrustedProxies none = TrustedProxies.of(Optional.empty(), Optional.empty());

        assertEquals(known(PROXY), none.caller(Optional.of(PROXY), List.of("192.0.2.1")));
        assertEquals(Optional.empty(), none.headerName());
        assertFalse(none.trustsEveryPeer());
    }

    @Test
    void peerOutsideTheListIsTheCallerWhateverItWrites() {
        assertEquals(known("203.0.113.9"), LISTED.caller(Optional.of("203.0.113.9"), List.of("10.0.0.7")));
    }

    @Test
    void trustedPeerWithoutTheHeaderIsTheCaller() {
        assertEquals(known(PROXY), LISTED.caller(Optional.of(PROXY), List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "198.51.100.1                           | 198.51.100.1",
                "203.0.113.7, 198.51.100.1              | 198.51.100.1",
                "203.0.113.7, 198.51.100.1,10.0.0.2     | 198.51.100.1",
                "unknown, 198.51.100.1, 10.0.0.2        | 198.51.100.1",
                "198.51.100.1:4711                      | 198.51.100.1",
                "[2001:DB8::0:7]:4711                   | 2001:db8::7",
                "2001:db8::7, 2001:db8:5::1             | 2001:db8::7",
                "::ffff:198.51.100.1                    | 198.51.100.1",
                "10.0.0.9, 10.0.0.2                     | 10.0.0.9"
            })
    void theFirstAddressFromTheRightThatIsNoProxyIsTheCaller(String line, String expected) {
        assertEquals(known(expected), LISTED.caller(Optional.of(PROXY), List.of(line)));
    }

    @Test
    void severalLinesAreOneList() {
        assertEquals(
                known("198.51.100.1"),
                LISTED.caller(Optional.of(PROXY), List.of("203.0.113.7", "198.51.100.1", "10.0.0.2, 10.0.0.3")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "_hidden",
                "",
                " , ",
                "caller.example.org",
                "010.0.0.1",
                "fe80::1%eth0",
                "192.0.2.0/24",
                "198.51.100.1 198.51.100.2",
                "\"198.51.100.1\"",
                "[198.51.100.1",
                "198.51.100.1:port"
            })
    void elementThatIsNoAddressLeavesTheLastHop(String element) {
        CallerAndLastHop caller = LISTED.caller(Optional.of(PROXY), List.of("192.0.2.1, " + element + ", 10.0.0.2"));

        assertEquals(new CallerAndLastHop(Optional.empty(), Optional.of("10.0.0.2")), caller);
    }

    @Test
    void moreThanAHundredElementsAreNoAddress() {
        String hundred = "198.51.100.1" + ", 10.0.0.2".repeat(99);

        assertEquals(known("198.51.100.1"), LISTED.caller(Optional.of(PROXY), List.of(hundred)));
        assertEquals(
                CallerAndLastHop.behind(Optional.of(PROXY)),
                LISTED.caller(Optional.of(PROXY), List.of("192.0.2.1", hundred)));
        assertEquals(
                CallerAndLastHop.behind(Optional.of(PROXY)),
                LISTED.caller(Optional.of(PROXY), List.of("192.0.2.1,".repeat(100_000), "198.51.100.1")));
    }

    @Test
    void elementOfThreeThousandCharactersIsNoAddress() {
        assertEquals(
                CallerAndLastHop.behind(Optional.of(PROXY)),
                LISTED.caller(Optional.of(PROXY), List.of("1".repeat(3_000))));
    }

    @Test
    void withoutAListTheLastElementIsTheCaller() {
        assertEquals(known("10.0.0.2"), ONE_HOP.caller(Optional.of("203.0.113.9"), List.of("192.0.2.1, 10.0.0.2")));
        assertEquals(
                CallerAndLastHop.behind(Optional.of(PROXY)),
                ONE_HOP.caller(Optional.of(PROXY), List.of("192.0.2.1, unknown")));
        assertTrue(ONE_HOP.trustsEveryPeer());
        assertFalse(LISTED.trustsEveryPeer());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "for=198.51.100.1                                  | 198.51.100.1",
                "For=\"198.51.100.1:80\";proto=https;by=10.0.0.1   | 198.51.100.1",
                "proto=https; for=198.51.100.1                     | 198.51.100.1",
                "for=203.0.113.7, for=198.51.100.1, for=10.0.0.2   | 198.51.100.1",
                "for=\"[2001:db8::7]:4711\"                        | 2001:db8::7",
                "for=203.0.113.7;host=\"a,for=b\", for=198.51.100.1 | 198.51.100.1"
            })
    void forwardedNamesTheCallerInFor(String line, String expected) {
        assertEquals(known(expected), FORWARDED.caller(Optional.of(PROXY), List.of(line)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proto=https",
                "for=unknown",
                "for=\"_gazonk\"",
                "for=198.51.100.1;for=198.51.100.2",
                "for=\"198.51.100.1",
                "forward=198.51.100.1"
            })
    void forwardedWithoutAReadableForIsNoAddress(String element) {
        assertEquals(
                CallerAndLastHop.behind(Optional.of(PROXY)),
                FORWARDED.caller(Optional.of(PROXY), List.of("for=192.0.2.1, " + element)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for=203.0.113.7;x=\", for=198.51.100.1",
                "for=203.0.113.7;proto=\"http, for=198.51.100.1",
                "for=203.0.113.7;by=\", for=198.51.100.1",
                "for=203.0.113.7;x=\"\\, for=198.51.100.1",
                "for=203.0.113.7;x=\", for=\"198.51.100.1\"",
                "for=203.0.113.7;x=\", for=198.51.100.1;proto=\"https\";by=\"10.0.0.1\"",
                "for=203.0.113.7;x=\", for=198.51.100.1;host=\",a=\"",
                "for=203.0.113.7;x=\", for=198.51.100.1;host=\"a\\\"b\"",
                "for=203.0.113.7;x=\", for=198.51.100.1;host=\"\"",
                "for=\"203.0.113.7\";y=\"a, for=198.51.100.1",
                "for=203.0.113.7;x=a\"b, for=198.51.100.1;by=\"10.0.0.1\"",
                "for=203.0.113.7;x=\"a\"b\", for=198.51.100.1",
                "for=203.0.113.7;x=\\, for=198.51.100.1",
                "for=\"203.0.113.7, for=198.51.100.1"
            })
    void forwardedLineThatCannotBeReadIsNoAddress(String line) {
        CallerAndLastHop unreadable = CallerAndLastHop.behind(Optional.of(PROXY));

        assertEquals(unreadable, FORWARDED.caller(Optional.of(PROXY), List.of(line)));
        assertEquals(unreadable, FORWARDED.caller(Optional.of(PROXY), List.of("for=203.0.113.7", line)));
        assertEquals(known("198.51.100.2"), FORWARDED.caller(Optional.of(PROXY), List.of(line, "for=198.51.100.2")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for=\"203.0.113.7\";y=\"a, appended by \", for=198.51.100.1",
                "for=203.0.113.7;y=\"a\\\"b,c\" , for=198.51.100.1",
                "for=203.0.113.7;y=\"\", for=\"198.51.100.1\";by=\"10.0.0.1\""
            })
    void whatTheProxyAppendsAfterClosedQuotesIsTheCaller(String line) {
        assertEquals(known("198.51.100.1"), FORWARDED.caller(Optional.of(PROXY), List.of(line)));
    }

    @Test
    void quotesOfTheCallerHideNothingInXForwardedFor() {
        assertEquals(known("198.51.100.1"), LISTED.caller(Optional.of(PROXY), List.of("203.0.113.7\", 198.51.100.1")));
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.1/8,true", "10.0.0.1,true", "::ffff:10.0.0.1,true", "10.0.0.2,false", "proxy.example,false"})
    void listMayHaveHostBits(String entry, boolean trusted) {
        assertEquals(
                known(trusted ? "192.0.2.1" : PROXY),
                xForwarded(entry).caller(Optional.of(PROXY), List.of("192.0.2.1")));
        assertFalse(xForwarded(entry).trustsEveryPeer());
    }

    @Test
    void peerWithoutAnAddressIsUnknown() {
        assertEquals(CallerAndLastHop.unknown(), LISTED.caller(Optional.empty(), List.of("192.0.2.1")));
    }

    private static TrustedProxies xForwarded(String list) {
        return TrustedProxies.of(Optional.of("xforwarded"), Optional.of(list));
    }

    private static CallerAndLastHop known(String address) {
        return CallerAndLastHop.of(address);
    }
}
