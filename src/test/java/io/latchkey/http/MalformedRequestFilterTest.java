package io.latchkey.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedRequestFilterTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "text/csv",
                "text/*",
                "application/json, text/plain;q=0.5 , */*;q=0.1",
                "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7",
                "text/csv; header=\"present\""
            })
    void wellFormedHeaderIsReadable(String header) {
        assertTrue(MalformedRequestFilter.isAccept(header));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "bogus",
                "a/b/c",
                "a/",
                "/b",
                "text/csv;q=x",
                "text/csv;q=2",
                ";",
                ",",
                "a/b;c",
                "\u00e9/x"
            })
    void malformedHeaderIsNotReadable(String header) {
        assertFalse(MalformedRequestFilter.isAccept(header));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080/realms/r/api-keys",
                "HTTPS://keys.test/realms/r/api-keys?q=%7B",
                "https://key_cloak:8443/x",
                "http://[::1]:8080/x"
            })
    void httpUriIsServed(String uri) {
        assertTrue(MalformedRequestFilter.isHttp(uri));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a_b://localhost/x",
                "ftp://localhost/x",
                "://localhost/x",
                "http:://localhost/x",
                "http://a b/x",
                "http://a{b}/x",
                "http://[/x",
                "http://localhost{/x",
                "http:///x",
                "/x"
            })
    void otherUriIsRefused(String uri) {
        assertFalse(MalformedRequestFilter.isHttp(uri));
    }
}
