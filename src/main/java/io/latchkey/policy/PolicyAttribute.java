package io.latchkey.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads one policy attribute by its name, format, default and fallback value.
 *
 * @param key its name without the prefix, in lower case with hyphens
 * @param initial its value when the attribute is missing or blank
 * @param stricter its value when the attribute is invalid, never more permissive than any valid value that its author may
 *     have meant; lists keep their valid words instead
 * @param removalEffect what stops or is no longer limited when the attribute is removed, for administrators
 */
record PolicyAttribute<T>(String key, AttributeFormat<T> format, T initial, T stricter, String removalEffect) {

    static final String PREFIX = "latchkey.";

    private static final Pattern HYPHEN = Pattern.compile("-(.)");

    /** The name of the attribute: {@code latchkey.max-keys}. */
    String name() {
        return PREFIX + key;
    }

    /** The name of the JSON field: {@code maxKeys}. */
    String field() {
        return HYPHEN.matcher(key).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }

    String rule() {
        return "must be " + format.allowed();
    }

    /** The value, if the attribute is set and valid. */
    Optional<T> find(Function<String, String> attributes) {
        return text(attributes).flatMap(format.parser());
    }

    boolean isSet(Function<String, String> attributes) {
        return text(attributes).isPresent();
    }

    T read(Function<String, String> attributes) {
        return text(attributes).map(this::readText).orElse(initial);
    }

    Optional<FieldError> fault(Function<String, String> attributes) {
        return text(attributes)
                .filter(text -> format.parser().apply(text).isEmpty())
                .map(text -> new FieldError(name(), rule() + "; read as " + print(readText(text))));
    }

    JsonNode json(Function<String, String> attributes) {
        return format.jsonOf(read(attributes));
    }

    /** The value, if the attribute is set and valid; otherwise null. */
    JsonNode jsonIfValid(Function<String, String> attributes) {
        return find(attributes).map(format::jsonOf).orElseGet(NullNode::getInstance);
    }

    String print(T value) {
        return Optional.of(format.printer().apply(value))
                .filter(text -> !text.isEmpty())
                .orElse("none");
    }

    private T readText(String text) {
        return format.parser()
                .apply(text)
                .or(() -> format.validPart().apply(text))
                .orElse(stricter);
    }

    // Consoles leave a blank value when a value was removed.
    private Optional<String> text(Function<String, String> attributes) {
        return Optional.ofNullable(attributes.apply(name())).map(String::strip).filter(text -> !text.isEmpty());
    }
}
