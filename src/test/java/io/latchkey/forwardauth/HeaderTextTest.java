package io.latchkey.forwardauth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderTextTest {

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "alice,alice",
                "a.b+c@example.org,a.b+c@example.org",
                "zoë müller,zo%C3%AB%20m%C3%BCller",
                "50%,50%25",
                "\uD83D\uDD11,%F0%9F%94%91",
                "tab\there,tab%09here"
            })
    void onlyVisibleAsciiStandsForItself(String text, String header) {
        assertEquals(header, HeaderText.of(text));
    }
}
