package io.latchkey.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedUriFilterTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080/realms/r/api-keys",
                "HTTPS://keys.test/realms/r/api-keys?q=%7B",
                "https://key_cloak:8443/x",
                "http://[::1]:8080/x"
            })
    void httpUriIsServed(String uri) {
        assertTrue(MalformedUriFilter.isHttp(uri));
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
        assertFalse(MalformedUriFilter.isHttp(uri));
    }
}
