package io.latchkey.credits.pricing;

import io.latchkey.charging.MethodAndPath;
import io.latchkey.model.CreditAmount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Prices the calls of an API by the first line that matches. A call that matches no line, or may match a dearer one, costs the
 * highest price of the list.
 *
 * @param isValid whether every line could be read; otherwise every call costs the highest price in the list, and at least one
 *     credit
 */
public record PriceList(List<Line> lines, CreditAmount most, boolean isValid) {

    private static final Pattern SEPARATOR = Pattern.compile("[;\\r\\n]+");
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}|\\*");
    /** Maximum number of lines. */
    public static final int MAX_LINES = 100;

    /** One line: {@code GET /search/** 0.5}, {@code /batch 2}, or {@code 1} for all remaining calls. */
    record Line(Optional<String> method, Optional<PathPattern> path, CreditAmount price) {

        boolean matchesAll() {
            return method.isEmpty() && path.isEmpty();
        }

        boolean matches(MethodAndPath call) {
            return (method.isEmpty() || method.equals(call.method()))
                    && (path.isEmpty()
                            || call.path().filter(path.get()::matches).isPresent());
        }

        /** Whether the line matches, or could match if the unknown parts of the call were known. */
        boolean mayMatch(MethodAndPath call) {
            return (method.isEmpty() || call.method().isEmpty() || method.equals(call.method()))
                    && (path.isEmpty()
                            || call.path()
                                    .filter(sent -> !path.get().matches(sent))
                                    .isEmpty());
        }
    }

    /** Reads lines that are separated by semicolons or line breaks. */
    public static PriceList parse(String text) {
        List<Optional<Line>> read = split(text).stream().map(PriceList::line).toList();
        List<Line> lines = read.stream().flatMap(Optional::stream).toList();
        boolean valid = lines.size() == read.size() && !lines.isEmpty() && lines.size() <= MAX_LINES;
        CreditAmount least = valid ? CreditAmount.ZERO : CreditAmount.of(1);
        CreditAmount most = Stream.concat(Stream.of(least), lines.stream().map(Line::price))
                .max(CreditAmount::compareTo)
                .get();
        return new PriceList(valid ? lines : List.of(), most, valid);
    }

    /** Splits a list into its lines. */
    public static List<String> split(String text) {
        return SEPARATOR
                .splitAsStream(text)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** Joins lines to the text of a list. */
    public static String join(List<String> lines) {
        return String.join("; ", lines);
    }

    /** Whether the text is one valid line. */
    public static boolean isLine(String text) {
        return !SEPARATOR.matcher(text).find()
                && !text.isBlank()
                && line(text.strip()).isPresent();
    }

    private static Optional<Line> line(String text) {
        List<String> words = new ArrayList<>(Arrays.asList(text.split("\\s+")));
        Optional<CreditAmount> price = CreditAmount.parse(words.remove(words.size() - 1));
        Optional<String> method =
                words.isEmpty() || !METHOD.matcher(words.get(0)).matches()
                        ? Optional.empty()
                        : Optional.of(words.remove(0));
        Optional<PathPattern> path = words.isEmpty() ? Optional.empty() : PathPattern.parse(words.remove(0));
        // A surplus word, or a method without a path, is a mistake.
        boolean wrong = !words.isEmpty() || path.isEmpty() && !text.strip().matches("[0-9.]+");
        return price.filter(known -> !wrong)
                .map(known -> new Line(method.filter(name -> !name.equals("*")), path, known));
    }

    /** @param call read only if the price depends on it */
    public CreditAmount price(Supplier<MethodAndPath> call) {
        boolean isFlat = lines.isEmpty() || lines.get(0).matchesAll();
        return price(isFlat ? MethodAndPath.UNKNOWN : call.get());
    }

    public CreditAmount price(MethodAndPath call) {
        for (Line line : lines) {
            if (line.mayMatch(call)) {
                return line.matches(call) ? line.price() : most;
            }
        }
        return most;
    }
}
