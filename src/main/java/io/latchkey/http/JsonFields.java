package io.latchkey.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.key.KeyRedaction;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.MergePatchValue;
import io.latchkey.policy.FieldError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Reads typed values from a JSON object and collects all errors.
 *
 * <p>Read every supported member first, then call {@link #errors()}, which also reports members that were not read. An
 * invalid member reads as absent.
 */
public final class JsonFields {

    /** What is wrong with text that is no time. */
    public static final String TIME_FAULT = "must be an ISO-8601 time with offset such as 2030-01-31T12:00:00Z";

    /** What is wrong with a value that is no truth value. */
    public static final String FLAG_FAULT = "must be true or false";

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final ObjectNode json;
    private final String path;
    private final List<FieldError> found = new ArrayList<>();
    private final List<JsonFields> nested = new ArrayList<>();
    private final Set<String> asked = new HashSet<>();

    private JsonFields(ObjectNode json, String path) {
        this.json = json;
        this.path = path;
    }

    public static JsonFields of(ObjectNode json) {
        return new JsonFields(json, "");
    }

    /** Any text, as it is. */
    public MergePatchValue<String> raw(String name) {
        return read(name, this::string);
    }

    /** One line, stripped; lengths in code points. */
    public MergePatchValue<String> text(String name, int min, int max) {
        return read(name, (at, value) -> line(at, value, min, max));
    }

    /** One line that people write for people, as {@link TextRules} normalizes it. It is listed and written into events: no key may be in it. */
    public MergePatchValue<String> freeText(String name, int min, int max) {
        return read(
                name,
                (at, value) -> string(at, value)
                        .map(TextRules::normalize)
                        .filter(text -> isRight(at, TextRules.freeTextFault(text, min, max)) && isNoKey(at, text)));
    }

    public MergePatchValue<Boolean> flag(String name) {
        return read(
                name,
                FLAG_FAULT,
                value -> Optional.of(value).filter(JsonNode::isBoolean).map(JsonNode::booleanValue));
    }

    public MergePatchValue<Integer> whole(String name, int min, int max) {
        return read(
                name,
                "must be a whole number from " + min + " to " + max,
                value -> Optional.of(value)
                        .filter(number -> number.isIntegralNumber() && number.canConvertToInt())
                        .map(JsonNode::intValue)
                        .filter(number -> number >= min && number <= max));
    }

    /** An amount of credits, exactly. */
    public MergePatchValue<CreditAmount> credits(String name, CreditAmount most) {
        return read(
                name,
                "must be a number from 0 to " + most + " with at most 6 decimals",
                value -> Optional.of(value)
                        .filter(JsonNode::isNumber)
                        .flatMap(number -> CreditAmount.of(number.decimalValue()))
                        .filter(credits -> credits.compareTo(most) <= 0));
    }

    /** A moment with its offset, from 1970 to 9999. */
    public MergePatchValue<Instant> instant(String name) {
        return parsed(name, JsonFields::moment, TIME_FAULT);
    }

    /** One of a few words; {@code allowed} lists them for the person who used another. */
    public <E> MergePatchValue<E> choice(String name, Function<String, Optional<E>> ofLabel, String allowed) {
        return parsed(name, ofLabel, "must be one of " + allowed);
    }

    /** @param rule what is wrong with text that cannot be parsed */
    public <T> MergePatchValue<T> parsed(String name, Function<String, Optional<T>> parser, String rule) {
        return read(
                name,
                (at, value) -> string(at, value)
                        .flatMap(text -> parser.apply(text.strip()).or(() -> wrong(at, rule))));
    }

    /** A list of lines as {@link #text} reads them, in their order. They are stored: no key may be in them. */
    public MergePatchValue<List<String>> storedTexts(String name, int maxItems, int maxLength) {
        return list(
                name,
                maxItems,
                "strings",
                (at, value) -> line(at, value, 1, maxLength).filter(text -> isNoKey(at, text)));
    }

    /** An object inside this one; what is wrong in it is among the errors of this one. */
    public MergePatchValue<JsonFields> object(String name) {
        MergePatchValue<JsonFields> object = read(name, this::inner);
        object.given().ifPresent(nested::add);
        return object;
    }

    /** A list of objects inside this one, in their order. */
    public MergePatchValue<List<JsonFields>> objects(String name, int maxItems) {
        MergePatchValue<List<JsonFields>> objects = list(name, maxItems, "objects", this::inner);
        objects.given().ifPresent(nested::addAll);
        return objects;
    }

    /** The value of a member that has to be there. Empty only when that has become a violation. */
    public <T> Optional<T> required(String name, MergePatchValue<T> member) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            reject(name, "is required");
        }
        return member.given();
    }

    /** A member that may be left out but cannot be cleared: null is an error. */
    public <T> MergePatchValue<T> notNull(String name, MergePatchValue<T> member) {
        if (member instanceof MergePatchValue.Null<T>) {
            reject(name, "must not be null");
            return MergePatchValue.absent();
        }
        return member;
    }

    /** Adds what only the caller can know to be wrong. */
    public void reject(String name, String detail) {
        found.add(new FieldError(JsonBody.member(path, name), detail));
    }

    /** Everything that is wrong, unknown members included. */
    public List<FieldError> errors() {
        List<FieldError> all = new ArrayList<>(found);
        nested.forEach(inner -> all.addAll(inner.errors()));
        json.fieldNames().forEachRemaining(name -> {
            if (!asked.contains(name)) {
                all.add(new FieldError(JsonBody.member(path, name), "unknown field"));
            }
        });
        return List.copyOf(all);
    }

    /** @param reader reads a value that is neither missing nor null; empty once it has said what is wrong */
    private <T> MergePatchValue<T> read(String name, BiFunction<String, JsonNode, Optional<T>> reader) {
        asked.add(name);
        JsonNode value = json.path(name);
        if (value.isMissingNode()) {
            return new MergePatchValue.Absent<>();
        }
        if (value.isNull()) {
            return new MergePatchValue.Null<>();
        }
        return reader.apply(JsonBody.member(path, name), value)
                .<MergePatchValue<T>>map(MergePatchValue.Value::new)
                .orElseGet(MergePatchValue.Absent::new);
    }

    private <T> MergePatchValue<T> read(String name, String rule, Function<JsonNode, Optional<T>> reader) {
        return read(name, (at, value) -> reader.apply(value).or(() -> wrong(at, rule)));
    }

    private <T> MergePatchValue<List<T>> list(
            String name, int maxItems, String items, BiFunction<String, JsonNode, Optional<T>> reader) {
        return read(name, (at, value) -> {
            if (!value.isArray() || value.size() > maxItems) {
                return wrong(at, "must be a list of at most " + maxItems + " " + items);
            }
            List<T> read = new ArrayList<>();
            for (int i = 0; i < value.size(); i++) {
                reader.apply(JsonBody.item(at, i), value.get(i)).ifPresent(read::add);
            }
            return Optional.of(List.copyOf(read)).filter(all -> all.size() == value.size());
        });
    }

    private Optional<JsonFields> inner(String at, JsonNode value) {
        return value instanceof ObjectNode object
                ? Optional.of(new JsonFields(object, at))
                : wrong(at, "must be an object");
    }

    private Optional<String> string(String at, JsonNode value) {
        return value.isTextual() ? Optional.of(value.textValue()) : wrong(at, "must be a string");
    }

    private Optional<String> line(String at, JsonNode value, int min, int max) {
        return string(at, value).map(String::strip).filter(text -> isRight(at, TextRules.lineFault(text, min, max)));
    }

    private boolean isNoKey(String at, String text) {
        return isRight(at, Optional.of(KeyRedaction.FAULT).filter(fault -> KeyRedaction.isIn(text)));
    }

    private boolean isRight(String at, Optional<String> fault) {
        fault.ifPresent(detail -> wrong(at, detail));
        return fault.isEmpty();
    }

    private <T> Optional<T> wrong(String at, String detail) {
        found.add(new FieldError(at, detail));
        return Optional.empty();
    }

    /** The moment this text names, from 1970 to 9999: what lies outside cannot be counted in milliseconds everywhere. */
    public static Optional<Instant> moment(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant())
                    .filter(moment -> !moment.isBefore(EARLIEST) && !moment.isAfter(LATEST));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
