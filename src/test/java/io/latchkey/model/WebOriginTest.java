package io.latchkey.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WebOriginTest {

    @ParameterizedTest
    @CsvSource({
        "https://app.example.org, https://app.example.org",
        "HTTPS://App.Example.ORG, https://app.example.org",
        "https://app.example.org:443, https://app.example.org",
        "http://app.example.org:80, http://app.example.org",
        "https://app.example.org:80, https://app.example.org:80",
        "http://localhost:5173, http://localhost:5173",
        "http://127.0.0.1:3000, http://127.0.0.1:3000",
        "http://[::1]:3000, http://[::1]:3000",
        "https://xn--bcher-kva.example, https://xn--bcher-kva.example"
    })
    void isReadAsBrowsersWriteIt(String written, String normal) {
        WebOrigin origin = WebOrigin.parse(written).orElseThrow();

        assertEquals(normal, origin.text());
        assertEquals(normal, origin.toString());
        assertEquals(Optional.of(origin), WebOrigin.parse(normal));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "*",
                "https://",
                "https://*",
                "https://*.example.org",
                "https:///path",
                "//app.example.org",
                "app.example.org",
                "https:app.example.org",
                "https://app.example.org/",
                "https://app.example.org/path",
                "https://app.example.org?",
                "https://app.example.org?q",
                "https://app.example.org#",
                "https://user@app.example.org",
                "https://@app.example.org",
                "https://app.example.org:",
                "https://app.example.org:port",
                "https://app.example.org:-1",
                "https://app.example.org:0",
                "https://app.example.org:65536",
                "https://app.example.org:99999999999",
                "https://app example.org",
                "https://a b",
                "https://app.example.org https://b.example.org",
                "https://app.example.org,https://b.example.org",
                "ftp://app.example.org",
                "file:///tmp",
                "data:text/html,x",
                "javascript:alert(1)",
                "mailto:a@example.org",
                "https://a.example\u0000",
                "https://a.example\n"
            })
    void isNotReadFrom(String text) {
        assertEquals(Optional.empty(), WebOrigin.parse(text));
    }

    @Test
    void hasAnEnd() {
        String longest = "https://" + "a.".repeat(123) + "a";

        assertEquals(255, longest.length());
        assertEquals(Optional.of(new WebOrigin(longest)), WebOrigin.parse(longest));
        assertEquals(Optional.empty(), WebOrigin.parse(longest + "a"));
    }
}
