package io.latchkey.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ETagsTest {

    @Test
    void isStrong() {
        assertEquals("\"7\"", ETags.of(7));
    }

    @Test
    void withoutTheHeaderAnyVersionWillDo() {
        assertTrue(ETags.matches(Optional.empty(), 7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                " * ",
                "\"7\"",
                "\"1\", \"7\"",
                "\"7\",\"1\"",
                "W/\"7\", \"7\"",
                "\"a,b\"\t,\"7\"",
                ", \"7\" ,"
            })
    void matches(String header) {
        assertTrue(ETags.matches(Optional.of(header), 7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\"8\"",
                "W/\"7\"",
                "w/\"7\"",
                "7",
                "'7'",
                "\"7",
                "\"77\"",
                "\"1,7\"",
                "\"7\" \"8\"",
                "\"7\", x",
                "x, \"7\"",
                "*, \"8\"",
                "\"1\"\"7\"",
                "\"07\""
            })
    void matchesNeitherOtherVersionsNorWhatCannotBeRead(String header) {
        assertFalse(ETags.matches(Optional.of(header), 7));
    }
}
