package io.latchkey.credits;

import io.latchkey.model.Credits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the calls of an API cost: the first line that fits. What fits none, and what cannot be told from a dearer call, costs the
 * most that the list names.
 *
 * @param isRight whether all of it could be read; otherwise every call costs the most it names, and at least one credit
 */
public record PriceList(List<Line> lines, Credits most, boolean isRight) {

    private static final Pattern BETWEEN = Pattern.compile("[;\\r\\n]+");
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}|\\*");
    /** Lines of one list. */
    public static final int MOST_LINES = 100;

    /** One line of it: {@code GET /search/** 0.5}, {@code /batch 2}, or {@code 1} for whatever is left. */
    record Line(Optional<String> method, Optional<PathPattern> path, Credits price) {

        boolean fitsAll() {
            return method.isEmpty() && path.isEmpty();
        }

        boolean fits(ApiCall call) {
            return (method.isEmpty() || method.equals(call.method()))
                    && (path.isEmpty()
                            || call.path().filter(path.get()::matches).isPresent());
        }

        /** With what nobody has told left open. */
        boolean mayFit(ApiCall call) {
            return (method.isEmpty() || call.method().isEmpty() || method.equals(call.method()))
                    && (path.isEmpty()
                            || call.path()
                                    .filter(sent -> !path.get().matches(sent))
                                    .isEmpty());
        }
    }

    /** Reads lines with semicolons or line breaks between them. */
    public static PriceList parse(String text) {
        List<String> written = split(text);
        List<Optional<Line>> read = written.stream().map(PriceList::line).toList();
        List<Line> lines = read.stream().flatMap(Optional::stream).toList();
        Credits most = lines.stream().map(Line::price).max(Credits::compareTo).orElse(Credits.ZERO);
        boolean right = lines.size() == read.size() && !lines.isEmpty() && lines.size() <= MOST_LINES;
        return right
                ? new PriceList(lines, most, true)
                : new PriceList(
                        List.of(),
                        Stream.of(most, Credits.of(1)).max(Credits::compareTo).get(),
                        false);
    }

    /** The lines of a list, as they are written. */
    public static List<String> split(String text) {
        return BETWEEN.splitAsStream(text)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** The text of a list with those lines. */
    public static String join(List<String> lines) {
        return String.join("; ", lines);
    }

    /** Whether that is one line, and can be understood. */
    public static boolean isLine(String text) {
        return !BETWEEN.matcher(text).find()
                && !text.isBlank()
                && line(text.strip()).isPresent();
    }

    private static Optional<Line> line(String text) {
        List<String> words = new ArrayList<>(Arrays.asList(text.split("\\s+")));
        Optional<Credits> price = Credits.parse(words.remove(words.size() - 1));
        Optional<String> method =
                words.isEmpty() || !METHOD.matcher(words.get(0)).matches()
                        ? Optional.empty()
                        : Optional.of(words.remove(0));
        Optional<PathPattern> path = words.isEmpty() ? Optional.empty() : PathPattern.parse(words.remove(0));
        // A word that is left over, or a method without a path, is a slip of the pen.
        boolean wrong = !words.isEmpty() || path.isEmpty() && !text.strip().matches("[0-9.]+");
        return price.filter(known -> !wrong)
                .map(known -> new Line(method.filter(name -> !name.equals("*")), path, known));
    }

    /** @param call asked for only where it matters */
    public Credits price(Supplier<ApiCall> call) {
        boolean isFlat = lines.isEmpty() || lines.get(0).fitsAll();
        return price(isFlat ? ApiCall.UNKNOWN : call.get());
    }

    public Credits price(ApiCall call) {
        for (Line line : lines) {
            if (line.mayFit(call)) {
                return line.fits(call) ? line.price() : most;
            }
        }
        return most;
    }
}
