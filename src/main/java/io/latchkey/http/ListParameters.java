package io.latchkey.http;

import io.latchkey.key.KeyRedaction;
import io.latchkey.policy.FieldError;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Holds the paging and search parameters of a list request: first, max and q.
 *
 * @param first number of items to skip, from 0
 * @param max number of items at most, 1 to 1000
 * @param q search text, stripped and not empty
 */
public record ListParameters(int first, int max, Optional<String> q) {
    public static final int DEFAULT_MAX = 100;
    public static final int CEILING = 1000;

    private static final int LONGEST_QUERY = 255;

    /**
     * Reads {@code first}, {@code max} and {@code q}; what is wrong reads as its default.
     *
     * @param query answers {@code null} for a parameter that is not there
     * @param errors receives what is wrong, by the name of the parameter
     */
    public static ListParameters read(Function<String, String> query, Consumer<FieldError> errors) {
        return new ListParameters(
                number(query, "first", 0, Integer.MAX_VALUE, 0, errors),
                number(query, "max", 1, CEILING, DEFAULT_MAX, errors),
                search(query, errors));
    }

    public static int number(
            Function<String, String> query, String name, int min, int max, int initial, Consumer<FieldError> errors) {
        String text = query.apply(name);
        if (text == null) {
            return initial;
        }
        Optional<Integer> number = Optional.of(text)
                .filter(digits -> digits.matches("[0-9]{1,10}"))
                .map(Long::valueOf)
                .filter(value -> value >= min && value <= max)
                .map(Long::intValue);
        if (number.isEmpty()) {
            errors.accept(new FieldError(name, "must be a whole number from " + min + " to " + max));
        }
        return number.orElse(initial);
    }

    private static Optional<String> search(Function<String, String> query, Consumer<FieldError> errors) {
        Optional<String> text =
                Optional.ofNullable(query.apply("q")).map(TextRules::normalize).filter(q -> !q.isEmpty());
        // A key in a URL ends up in access logs; POST /lookup takes it in a body.
        Optional<String> fault = text.flatMap(
                q -> KeyRedaction.isIn(q) ? Optional.of(KeyRedaction.FAULT) : TextRules.lineFault(q, 1, LONGEST_QUERY));
        fault.ifPresent(detail -> errors.accept(new FieldError("q", detail)));
        return fault.isPresent() ? Optional.empty() : text;
    }
}
