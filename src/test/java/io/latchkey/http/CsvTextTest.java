package io.latchkey.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTextTest {

    @Test
    void linesEndAsTheStandardSays() {
        CsvText text = new CsvText();
        text.row(List.of("day", "uses"));
        text.row(List.of("2030-01-31", 42L));

        assertEquals("day,uses\r\n2030-01-31,42\r\n", text.toString());
    }

    @Test
    void whatWouldEndACellIsQuoted() {
        assertEquals(
                "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\" padded\"",
                row("a,b", "say \"hi\"", "two\nlines", " padded"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\uFF1D1+1", "\uFF0B1", "\uFF0D1", "\uFF201"})
    void whatASpreadsheetWouldCalculateIsText(String formula) {
        assertEquals("'" + formula, row(formula));
        assertEquals("' " + formula, row(" " + formula));
    }

    @Test
    void whatBreaksTheLineFirstIsTextAsWell() {
        assertEquals("'\t=1+1", row("\t=1+1"));
        assertEquals("\"'\r=1+1\"", row("\r=1+1"));
    }

    @Test
    void formulasAreQuotedLikeAnythingElse() {
        assertEquals(
                "\"'=HYPERLINK(\"\"https://example.org\"\",\"\"x\"\")\"",
                row("=HYPERLINK(\"https://example.org\",\"x\")"));
    }

    private static String row(String... cells) {
        CsvText text = new CsvText();
        text.row(List.of(cells));
        return text.toString().replaceFirst("\r\n$", "");
    }
}
