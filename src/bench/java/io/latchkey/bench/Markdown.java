package io.latchkey.bench;

import java.util.List;
import java.util.Locale;

/** Builds a Markdown table. */
final class Markdown {

    private final StringBuilder text = new StringBuilder();

    Markdown(String... columns) {
        row(columns);
        row(List.of(columns).stream().map(column -> "---").toArray(String[]::new));
    }

    Markdown row(String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        return this;
    }

    /** With as many digits as mean something. */
    static String number(double value) {
        if (value >= 1000) {
            return String.format(Locale.ROOT, "%,.0f", value).replace(',', ' ');
        }
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }

    /** Microseconds as milliseconds. */
    static String millis(double micros) {
        return number(micros / 1000);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
