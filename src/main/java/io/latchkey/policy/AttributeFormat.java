package io.latchkey.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Parses and prints the values of one type of attribute.
 *
 * @param allowed describes a valid value, in words that follow "must be"
 * @param parser reads the stripped text; empty if it is invalid
 * @param printer the canonical text; empty for no value
 * @param validPart reads the valid words of an invalid list; empty for other formats
 */
record AttributeFormat<T>(
        String allowed,
        JsonType jsonType,
        Function<String, Optional<T>> parser,
        Function<T, Optional<String>> printer,
        Function<String, Optional<T>> validPart) {

    private static final int LONGEST_URL = 2048;

    /** Lists the JSON types of attributes, which are text in Keycloak. */
    enum JsonType {
        TEXT,
        NUMBER,
        FLAG,
        WORDS;

        /** The text of the attribute; empty if the JSON has another type. */
        Optional<String> textOf(JsonNode json) {
            boolean matches = switch (this) {
                case TEXT -> json.isTextual();
                case NUMBER -> json.isIntegralNumber();
                case FLAG -> json.isBoolean();
                // A word with a space in it would be read from the attribute as two.
                case WORDS ->
                    json.isArray()
                            && StreamSupport.stream(json.spliterator(), false)
                                    .allMatch(word -> word.isTextual()
                                            && split(word.textValue()).equals(List.of(word.textValue())));
            };
            return Optional.of(json)
                    .filter(any -> matches)
                    .map(any -> this == WORDS
                            ? StreamSupport.stream(json.spliterator(), false)
                                    .map(JsonNode::textValue)
                                    .collect(Collectors.joining(" "))
                            : json.asText());
        }

        JsonNode jsonOf(Optional<String> text) {
            JsonNodeFactory json = JsonNodeFactory.instance;
            return switch (this) {
                case TEXT -> text.<JsonNode>map(json::textNode).orElseGet(json::nullNode);
                case NUMBER -> json.numberNode(Integer.parseInt(text.orElseThrow()));
                case FLAG -> json.booleanNode(Boolean.parseBoolean(text.orElseThrow()));
                case WORDS -> {
                    ArrayNode array = json.arrayNode();
                    text.ifPresent(words -> split(words).forEach(array::add));
                    yield array;
                }
            };
        }
    }

    private static <T> AttributeFormat<T> of(
            String allowed, JsonType jsonType, Function<String, Optional<T>> parser, Function<T, String> printer) {
        return new AttributeFormat<>(
                allowed, jsonType, parser, value -> Optional.of(printer.apply(value)), text -> Optional.empty());
    }

    /** One of some constants, named in lower case. */
    static <E extends Enum<E>> AttributeFormat<E> choice(E[] values) {
        return choice(List.of(values), value -> value.name().toLowerCase(Locale.ROOT));
    }

    static <E> AttributeFormat<E> choice(List<E> values, Function<E, String> label) {
        String labels = values.stream().map(label).collect(Collectors.joining(", "));
        return of(
                (values.size() > 1 ? "one of " : "") + labels,
                JsonType.TEXT,
                text -> values.stream()
                        .filter(value -> label.apply(value).equals(text))
                        .findFirst(),
                label);
    }

    static AttributeFormat<Integer> whole(int min, int max) {
        return of(
                "a whole number from " + min + " to " + max,
                JsonType.NUMBER,
                text -> Optional.of(text)
                        .filter(digits -> digits.matches("[0-9]{1,9}"))
                        .map(Integer::valueOf)
                        .filter(number -> number >= min && number <= max),
                String::valueOf);
    }

    static AttributeFormat<Boolean> flag() {
        return of(
                "true or false",
                JsonType.FLAG,
                text -> Optional.of(text)
                        .filter(word -> word.equals("true") || word.equals("false"))
                        .map(Boolean::valueOf),
                String::valueOf);
    }

    static AttributeFormat<KeyLifetime> lifetime() {
        return of(
                "never, or an ISO-8601 duration of at most 100 years such as P90D",
                JsonType.TEXT,
                KeyLifetime::parse,
                KeyLifetime::toString);
    }

    static AttributeFormat<Optional<RateLimit>> rateLimit() {
        return of(
                "unlimited, or a number of calls in a time such as 10/s, 600/min, 1000/PT6H or 10/s burst 20",
                JsonType.TEXT,
                RateLimits::parse,
                RateLimits::text);
    }

    static AttributeFormat<Duration> duration(Duration min, Duration max) {
        return of(
                "an ISO-8601 duration from " + KeyLifetime.print(min) + " to " + KeyLifetime.print(max),
                JsonType.TEXT,
                text -> KeyLifetime.parseDuration(text)
                        .filter(duration -> duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0),
                KeyLifetime::print);
    }

    static AttributeFormat<String> text(String allowed, Pattern pattern) {
        return of(
                allowed,
                JsonType.TEXT,
                text -> Optional.of(text).filter(pattern.asMatchPredicate()),
                Function.identity());
    }

    static AttributeFormat<ZoneId> timeZone() {
        return of(
                "UTC, or a time zone with a name such as Europe/Berlin",
                JsonType.TEXT,
                text -> Optional.of(text)
                        .filter(ZoneId.getAvailableZoneIds()::contains)
                        .map(ZoneId::of),
                ZoneId::getId);
    }

    static AttributeFormat<URI> webAddress() {
        return of(
                "an absolute http or https address of at most " + LONGEST_URL + " characters",
                JsonType.TEXT,
                AttributeFormat::parseWebAddress,
                URI::toString);
    }

    /** A list without duplicates. */
    static AttributeFormat<List<String>> words(String allowed, Pattern word, boolean mayBeEmpty) {
        return words(
                allowed,
                text -> Optional.of(text).filter(word.asMatchPredicate()),
                words -> words.stream().distinct().toList(),
                Function.identity(),
                mayBeEmpty);
    }

    /** A list of which one invalid word makes the whole list invalid. */
    static <E, C extends Collection<E>> AttributeFormat<C> words(
            String allowed,
            Function<String, Optional<E>> parser,
            Function<List<E>, C> collector,
            Function<E, String> word,
            boolean mayBeEmpty) {
        Function<String, List<E>> valid = text ->
                split(text).stream().map(parser).flatMap(Optional::stream).toList();
        return new AttributeFormat<>(
                allowed,
                JsonType.WORDS,
                text -> Optional.of(valid.apply(text))
                        .filter(words -> words.size() == split(text).size() && (mayBeEmpty || !words.isEmpty()))
                        .map(collector),
                values -> Optional.of(values.stream().map(word).collect(Collectors.joining(" ")))
                        .filter(text -> !text.isEmpty()),
                text -> Optional.of(valid.apply(text)).map(collector));
    }

    /** The same, for an attribute that may have no value. */
    AttributeFormat<Optional<T>> optional() {
        return new AttributeFormat<>(
                allowed,
                jsonType,
                text -> parser.apply(text).map(Optional::of),
                value -> value.flatMap(printer),
                text -> Optional.empty());
    }

    private static List<String> split(String text) {
        return Arrays.stream(text.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Characters that change the direction of writing or separate lines make one address look like another. */
    private static boolean isUnseen(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.FORMAT || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static Optional<URI> parseWebAddress(String text) {
        try {
            URI address = new URI(text);
            boolean web = "https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme());
            // A user name in front of the host only serves to make one address look like another.
            boolean plain = address.getHost() != null && address.getRawUserInfo() == null;
            boolean seen = text.codePoints().noneMatch(AttributeFormat::isUnseen);
            return Optional.of(address).filter(it -> web && plain && seen && text.length() <= LONGEST_URL);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
