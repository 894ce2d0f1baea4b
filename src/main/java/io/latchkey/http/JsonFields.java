package io.latchkey.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.key.KeyRedaction;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.MergePatchValue;
import io.latchkey.policy.FieldError;
import io.latchkey.policy.KeyLifetime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
        return read(name, (at, value) -> string(at, value).flatMap(text -> line(at, text, min, max)));
    }

    /** One line that people write for people, as {@link TextRules} normalizes it. It is listed and written into events: no key may be in it. */
    public MergePatchValue<String> freeText(String name, int min, int max) {
        return read(
                name,
                (at, value) -> string(at, value).flatMap(text -> {
                    String normal = TextRules.normalize(text);
                    return TextRules.freeTextFault(normal, min, max)
                            .map(fault -> this.<String>wrong(at, fault))
                            .orElseGet(() -> withoutKey(at, normal));
                }));
    }

    public MergePatchValue<Boolean> flag(String name) {
        return read(name, (at, value) -> value.isBoolean() ? Optional.of(value.booleanValue()) : wrong(at, FLAG_FAULT));
    }

    public MergePatchValue<Integer> whole(String name, int min, int max) {
        return read(
                name,
                (at, value) -> value.isIntegralNumber()
                                && value.canConvertToInt()
                                && value.intValue() >= min
                                && value.intValue() <= max
                        ? Optional.of(value.intValue())
                        : wrong(at, "must be a whole number from " + min + " to " + max));
    }

    /** An amount of credits, exactly. */
    public MergePatchValue<CreditAmount> credits(String name, CreditAmount most) {
        return read(
                name,
                (at, value) -> Optional.of(value)
                        .filter(JsonNode::isNumber)
                        .flatMap(number -> CreditAmount.of(number.decimalValue()))
                        .filter(credits -> credits.compareTo(most) <= 0)
                        .or(() -> wrong(at, "must be a number from 0 to " + most + " with at most 6 decimals")));
    }

    /** A moment with its offset, from 1970 to 9999. */
    public MergePatchValue<Instant> instant(String name) {
        return parsed(name, JsonFields::moment, TIME_FAULT);
    }

    public MergePatchValue<KeyLifetime> lifetime(String name) {
        return parsed(
                name, KeyLifetime::parse, "must be never, or an ISO-8601 duration of at most 100 years such as P90D");
    }

    /** One of a few words; {@code allowed} lists them for the person who used another. */
    public <E> MergePatchValue<E> choice(String name, Function<String, Optional<E>> ofLabel, String allowed) {
        return parsed(name, ofLabel, "must be one of " + allowed);
    }

    /** A list of lines as {@link #text} reads them, in their order. They are stored: no key may be in them. */
    public MergePatchValue<List<String>> storedTexts(String name, int maxItems, int maxLength) {
        return read(name, (at, value) -> {
            if (!value.isArray() || value.size() > maxItems) {
                return wrong(at, "must be a list of at most " + maxItems + " strings");
            }
            List<String> items = new ArrayList<>();
            boolean right = true;
            for (int i = 0; i < value.size(); i++) {
                String item = JsonBody.item(at, i);
                right &= string(item, value.get(i))
                        .flatMap(text -> storedLine(item, text, 1, maxLength))
                        .map(items::add)
                        .isPresent();
            }
            return right ? Optional.of(List.copyOf(items)) : Optional.empty();
        });
    }

    /** An object inside this one; what is wrong in it is among the errors of this one. */
    public MergePatchValue<JsonFields> object(String name) {
        return read(name, (at, value) -> {
            if (!(value instanceof ObjectNode object)) {
                return wrong(at, "must be an object");
            }
            JsonFields inner = new JsonFields(object, at);
            nested.add(inner);
            return Optional.of(inner);
        });
    }

    /** A list of objects inside this one, in their order. */
    public MergePatchValue<List<JsonFields>> objects(String name, int maxItems) {
        return read(name, (at, value) -> {
            if (!value.isArray() || value.size() > maxItems) {
                return wrong(at, "must be a list of at most " + maxItems + " objects");
            }
            List<JsonFields> items = new ArrayList<>();
            for (int i = 0; i < value.size(); i++) {
                String item = JsonBody.item(at, i);
                if (!(value.get(i) instanceof ObjectNode object)) {
                    return wrong(item, "must be an object");
                }
                items.add(new JsonFields(object, item));
            }
            nested.addAll(items);
            return Optional.of(List.copyOf(items));
        });
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

    private <T> MergePatchValue<T> read(String name, Reader<T> reader) {
        asked.add(name);
        JsonNode value = json.path(name);
        if (value.isMissingNode()) {
            return new MergePatchValue.Absent<>();
        }
        if (value.isNull()) {
            return new MergePatchValue.Null<>();
        }
        return reader.read(JsonBody.member(path, name), value)
                .<MergePatchValue<T>>map(MergePatchValue.Value::new)
                .orElseGet(MergePatchValue.Absent::new);
    }

    /** @param rule what is wrong with text that cannot be parsed */
    public <T> MergePatchValue<T> parsed(String name, Function<String, Optional<T>> parser, String rule) {
        return read(
                name,
                (at, value) -> string(at, value)
                        .flatMap(text -> parser.apply(text.strip()).or(() -> wrong(at, rule))));
    }

    private Optional<String> string(String at, JsonNode value) {
        return value.isTextual() ? Optional.of(value.textValue()) : wrong(at, "must be a string");
    }

    private Optional<String> storedLine(String at, String text, int min, int max) {
        return line(at, text, min, max).flatMap(line -> withoutKey(at, line));
    }

    private Optional<String> withoutKey(String at, String text) {
        return KeyRedaction.isIn(text) ? wrong(at, KeyRedaction.FAULT) : Optional.of(text);
    }

    private Optional<String> line(String at, String text, int min, int max) {
        String stripped = text.strip();
        return TextRules.lineFault(stripped, min, max)
                .map(fault -> this.<String>wrong(at, fault))
                .orElse(Optional.of(stripped));
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

    /** Reads a value that is neither missing nor null; empty once it has said what is wrong. */
    private interface Reader<T> {
        Optional<T> read(String at, JsonNode value);
    }
}
