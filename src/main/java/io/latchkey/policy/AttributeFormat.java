package io.latchkey.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.JsonNodeType;
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
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Parses and prints the values of one type of attribute, as text and as JSON.
 *
 * @param allowed describes a valid value, in words that follow "must be"
 * @param choices every valid text, or every valid word of a list; empty if there are too many to list
 * @param parser reads the stripped text; empty if it is invalid
 * @param printer the canonical text; blank for no value
 * @param validPart reads the valid words of an invalid list; empty for other formats
 */
record AttributeFormat<T>(
        String allowed,
        List<String> choices,
        JsonNodeType jsonType,
        Function<String, Optional<T>> parser,
        Function<T, String> printer,
        Function<String, Optional<T>> validPart) {

    private static final int LONGEST_URL = 2048;

    /** Characters that change the direction of writing or separate lines. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cf}\\p{Zl}\\p{Zp}]");

    private static <T> AttributeFormat<T> of(
            String allowed, JsonNodeType jsonType, Function<String, Optional<T>> parser) {
        return new AttributeFormat<>(allowed, List.of(), jsonType, parser, Object::toString, text -> Optional.empty());
    }

    private static <T> AttributeFormat<T> of(String allowed, Function<String, Optional<T>> parser) {
        return of(allowed, JsonNodeType.STRING, parser);
    }

    private AttributeFormat<T> printedBy(Function<T, String> other) {
        return new AttributeFormat<>(allowed, choices, jsonType, parser, other, validPart);
    }

    /** The same, with a list of the valid texts or words. */
    AttributeFormat<T> choices(List<String> choices) {
        return new AttributeFormat<>(allowed, choices, jsonType, parser, printer, validPart);
    }

    /** One of some constants, named in lower case. */
    @SafeVarargs
    static <E> AttributeFormat<E> choice(E... values) {
        Function<E, String> label = value -> value.toString().toLowerCase(Locale.ROOT);
        List<String> labels = Arrays.stream(values).map(label).toList();
        return AttributeFormat.<E>of(
                        "one of " + String.join(", ", labels),
                        text -> Arrays.stream(values)
                                .filter(value -> label.apply(value).equals(text))
                                .findFirst())
                .printedBy(label)
                .choices(labels);
    }

    static AttributeFormat<Integer> whole(int min, int max) {
        return of(
                "a whole number from " + min + " to " + max,
                JsonNodeType.NUMBER,
                text -> Optional.of(text)
                        .filter(digits -> digits.matches("[0-9]{1,9}"))
                        .map(Integer::valueOf)
                        .filter(number -> number >= min && number <= max));
    }

    static AttributeFormat<Boolean> flag() {
        return of(
                "true or false",
                JsonNodeType.BOOLEAN,
                text -> Optional.of(text)
                        .filter(word -> word.equals("true") || word.equals("false"))
                        .map(Boolean::valueOf));
    }

    static AttributeFormat<KeyLifetime> lifetime() {
        return of("never, or an ISO-8601 duration of at most 100 years such as P90D", KeyLifetime::parse);
    }

    static AttributeFormat<Optional<RateLimit>> rateLimit() {
        String examples = "10/s, 600/min, 1000/PT6H or 10/s burst 20";
        return of("unlimited, or a number of calls in a time such as " + examples, RateLimits::parse)
                .printedBy(RateLimits::text);
    }

    static AttributeFormat<Duration> duration(Duration min, Duration max) {
        return of(
                        "an ISO-8601 duration from " + KeyLifetime.print(min) + " to " + KeyLifetime.print(max),
                        text -> KeyLifetime.parseDuration(text)
                                .filter(duration -> duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0))
                .printedBy(KeyLifetime::print);
    }

    static AttributeFormat<String> text(String allowed, Pattern pattern) {
        return of(allowed, text -> Optional.of(text).filter(pattern.asMatchPredicate()));
    }

    static AttributeFormat<ZoneId> timeZone() {
        return of(
                "UTC, or a time zone with a name such as Europe/Berlin",
                text -> Optional.of(text)
                        .filter(ZoneId.getAvailableZoneIds()::contains)
                        .map(ZoneId::of));
    }

    static AttributeFormat<URI> webAddress() {
        return of(
                "an absolute http or https address of at most " + LONGEST_URL + " characters",
                AttributeFormat::parseWebAddress);
    }

    static AttributeFormat<List<String>> words(String allowed, Pattern word, boolean mayBeEmpty) {
        return words(
                allowed,
                text -> Optional.of(text).filter(word.asMatchPredicate()),
                Collectors.toUnmodifiableList(),
                Function.identity(),
                mayBeEmpty);
    }

    /** A list without duplicates. One invalid word makes the whole list invalid. */
    static <E, C extends Collection<E>> AttributeFormat<C> words(
            String allowed,
            Function<String, Optional<E>> parser,
            Collector<E, ?, C> collector,
            Function<E, String> word,
            boolean mayBeEmpty) {
        Function<String, List<E>> valid = text ->
                split(text).stream().map(parser).flatMap(Optional::stream).toList();
        Function<List<E>, C> collect = words -> words.stream().distinct().collect(collector);
        return new AttributeFormat<>(
                allowed,
                List.of(),
                JsonNodeType.ARRAY,
                text -> Optional.of(valid.apply(text))
                        .filter(words -> words.size() == split(text).size() && (mayBeEmpty || !words.isEmpty()))
                        .map(collect),
                values -> values.stream().map(word).collect(Collectors.joining(" ")),
                text -> Optional.of(collect.apply(valid.apply(text))));
    }

    /** The same, for an attribute that may have no value. */
    AttributeFormat<Optional<T>> optional() {
        return of(allowed, jsonType, text -> parser.apply(text).map(Optional::of))
                .printedBy(value -> value.map(printer).orElse(""))
                .choices(choices);
    }

    /** The canonical text that has the same value as the JSON, blank for no value; empty if the JSON is invalid. */
    Optional<String> textOf(JsonNode json) {
        // A word with a space in it would be read from the attribute as two.
        boolean matches = json.getNodeType() == jsonType
                && json.valueStream()
                        .allMatch(word -> split(word.asText()).equals(List.of(word.asText())) && word.isTextual());
        Stream<JsonNode> words = json.isArray() ? json.valueStream() : Stream.of(json);
        return Optional.of(words.map(JsonNode::asText).collect(Collectors.joining(" ")))
                .filter(text -> matches)
                .map(String::strip)
                .flatMap(parser)
                .map(printer);
    }

    JsonNode jsonOf(T value) {
        String text = printer.apply(value);
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (jsonType) {
            case NUMBER -> json.numberNode(Integer.parseInt(text));
            case BOOLEAN -> json.booleanNode(Boolean.parseBoolean(text));
            case ARRAY -> split(text).stream().collect(json::arrayNode, ArrayNode::add, ArrayNode::addAll);
            default -> text.isEmpty() ? json.nullNode() : json.textNode(text);
        };
    }

    private static List<String> split(String text) {
        return Arrays.stream(text.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static Optional<URI> parseWebAddress(String text) {
        try {
            URI address = new URI(text);
            boolean web = "https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme());
            // A user name in front of the host and unseen characters make one address look like another.
            boolean plain = address.getHost() != null
                    && address.getRawUserInfo() == null
                    && !UNSEEN.matcher(text).find();
            return Optional.of(address).filter(it -> web && plain && text.length() <= LONGEST_URL);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
