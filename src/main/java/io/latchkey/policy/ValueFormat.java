package io.latchkey.policy;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Parses and prints the values of one type of attribute.
 *
 * @param allowed what a right value is, in words that follow "must be"
 * @param parser reads the stripped text; empty when it is wrong
 * @param printer the canonical text; empty for nothing at all
 */
record ValueFormat<T>(
        String allowed, JsonType shape, Function<String, Optional<T>> parser, Function<T, Optional<String>> printer) {

    private static final int LONGEST_URL = 2048;

    static <E> ValueFormat<E> choice(List<E> values, Function<E, String> label) {
        String labels = values.stream().map(label).collect(Collectors.joining(", "));
        return new ValueFormat<>(
                (values.size() > 1 ? "one of " : "") + labels,
                JsonType.TEXT,
                text -> values.stream()
                        .filter(value -> label.apply(value).equals(text))
                        .findFirst(),
                value -> Optional.of(label.apply(value)));
    }

    static ValueFormat<Integer> whole(int min, int max) {
        return new ValueFormat<>(
                "a whole number from " + min + " to " + max,
                JsonType.NUMBER,
                text -> Optional.of(text)
                        .filter(digits -> digits.matches("[0-9]{1,9}"))
                        .map(Integer::valueOf)
                        .filter(number -> number >= min && number <= max),
                number -> Optional.of(number.toString()));
    }

    static ValueFormat<Boolean> flag() {
        return new ValueFormat<>(
                "true or false",
                JsonType.FLAG,
                text -> Optional.of(text)
                        .filter(word -> word.equals("true") || word.equals("false"))
                        .map(Boolean::valueOf),
                flag -> Optional.of(flag.toString()));
    }

    static ValueFormat<KeyLifetime> lifetime() {
        return new ValueFormat<>(
                "never, or an ISO-8601 duration of at most 100 years such as P90D",
                JsonType.TEXT,
                KeyLifetime::parse,
                lifetime -> Optional.of(lifetime.toString()));
    }

    static ValueFormat<Optional<RateLimit>> rateLimit() {
        return new ValueFormat<>(
                "unlimited, or a number of calls in a time such as 10/s, 600/min, 1000/PT6H or 10/s burst 20",
                JsonType.TEXT,
                RateLimits::parse,
                limit -> Optional.of(RateLimits.text(limit)));
    }

    static ValueFormat<Duration> duration(Duration min, Duration max) {
        return new ValueFormat<>(
                "an ISO-8601 duration from " + IsoDuration.print(min) + " to " + IsoDuration.print(max),
                JsonType.TEXT,
                text -> IsoDuration.parse(text)
                        .filter(duration -> duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0),
                duration -> Optional.of(IsoDuration.print(duration)));
    }

    static ValueFormat<String> text(String allowed, String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return new ValueFormat<>(
                allowed,
                JsonType.TEXT,
                text -> Optional.of(text)
                        .filter(value -> compiled.matcher(value).matches()),
                Optional::of);
    }

    static ValueFormat<ZoneId> timeZone() {
        return new ValueFormat<>(
                "UTC, or a time zone with a name such as Europe/Berlin",
                JsonType.TEXT,
                text -> Optional.of(text)
                        .filter(ZoneId.getAvailableZoneIds()::contains)
                        .map(ZoneId::of),
                zone -> Optional.of(zone.getId()));
    }

    static ValueFormat<URI> webAddress() {
        return new ValueFormat<>(
                "an absolute http or https address of at most " + LONGEST_URL + " characters",
                JsonType.TEXT,
                ValueFormat::parseWebAddress,
                address -> Optional.of(address.toString()));
    }

    /** All words of a list or nothing: one wrong word makes the list wrong. */
    static <E, C extends Collection<E>> ValueFormat<C> words(
            String allowed, Function<List<String>, Optional<C>> parser, Function<E, String> word) {
        return new ValueFormat<>(
                allowed,
                JsonType.WORDS,
                text -> parser.apply(WordList.split(text)),
                values -> Optional.of(values.stream().map(word).collect(Collectors.joining(" ")))
                        .filter(text -> !text.isEmpty()));
    }

    /** The same, for a setting that may also say nothing. */
    ValueFormat<Optional<T>> optional() {
        return new ValueFormat<>(
                allowed, shape, text -> parser.apply(text).map(Optional::of), value -> value.flatMap(printer));
    }

    /** What turns the direction of writing or parts lines makes one address look like another, too. */
    private static boolean isUnseen(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.FORMAT || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static Optional<URI> parseWebAddress(String text) {
        try {
            URI address = new URI(text);
            boolean web = "https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme());
            // A user name in front of the host only ever serves to make one address look like another.
            boolean plain = address.getHost() != null && address.getRawUserInfo() == null;
            boolean seen = text.codePoints().noneMatch(ValueFormat::isUnseen);
            return Optional.of(address).filter(it -> web && plain && seen && text.length() <= LONGEST_URL);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
