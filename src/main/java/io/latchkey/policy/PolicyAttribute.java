package io.latchkey.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Defines one policy attribute: name, format, default and fallback; reads it, reports faults, and writes its JSON and JSON
 * Schema.
 *
 * @param group the part of a form in which consoles show it
 * @param key its name without the prefix, in lower case with hyphens
 * @param initial its value when the attribute is missing or blank
 * @param stricter its value when the attribute is invalid, never more permissive than any valid value that its author may
 *     have meant; lists keep their valid words instead
 * @param removalEffect what stops or is no longer limited when the attribute is removed, for administrators
 */
record PolicyAttribute<T>(
        String group, String key, AttributeFormat<T> format, T initial, T stricter, String removalEffect) {

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

    /** Describes the JSON field, as a JSON Schema (draft 2020-12). */
    ObjectNode schema() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        JsonNode preset = format.jsonOf(initial);
        ObjectNode values = schema;
        switch (format.jsonType()) {
            case NUMBER -> schema.put("type", "integer");
            case BOOLEAN -> schema.put("type", "boolean");
            case ARRAY ->
                values = schema.put("type", "array").putObject("items").put("type", "string");
            default -> {
                if (preset.isNull()) {
                    schema.putArray("type").add("string").add("null");
                } else {
                    schema.put("type", "string");
                }
            }
        }
        if (!format.choices().isEmpty()) {
            ArrayNode choices = values.putArray("enum");
            format.choices().forEach(choices::add);
            if (preset.isNull()) {
                choices.addNull();
            }
        }
        schema.set("default", preset);
        return schema.put("description", rule()).put("x-group", group);
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
