package io.latchkey.http;

import java.util.List;
import java.util.stream.Collectors;

/** Writes CSV (RFC 4180) and escapes cells that spreadsheets would run as formulas. */
public final class CsvText {

    private static final String QUOTED = ",\"\r\n";
    /** Spreadsheets calculate what begins so; the second row is how it is typed in East Asia. */
    private static final String FORMULAS = "=+-@\t\r\n" + "\uFF1D\uFF0B\uFF0D\uFF20";

    private final StringBuilder text = new StringBuilder();

    /** @param values numbers as they are; texts are guarded */
    public void row(List<?> values) {
        text.append(values.stream().map(CsvText::cell).collect(Collectors.joining(",")))
                .append("\r\n");
    }

    private static String cell(Object value) {
        String plain = value instanceof String words ? guarded(words) : value.toString();
        boolean quoted =
                plain.chars().anyMatch(character -> QUOTED.indexOf(character) >= 0) || !plain.equals(plain.strip());
        return quoted ? '"' + plain.replace("\"", "\"\"") + '"' : plain;
    }

    /** An apostrophe makes it text; what is wrong with the value stays visible. */
    private static String guarded(String words) {
        String rest = words.stripLeading();
        boolean formula = !words.isEmpty() && FORMULAS.indexOf(words.charAt(0)) >= 0
                || !rest.isEmpty() && FORMULAS.indexOf(rest.charAt(0)) >= 0;
        return formula ? "'" + words : words;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
