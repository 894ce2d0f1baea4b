package io.latchkey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.fakes.Stub;
import io.latchkey.policy.RateLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.Config;

/** The options as the page of documentation promises them. */
class ServerOptionsTest {

    private static final Path PAGE = Path.of("src/docs/configuration.md");
    private static final Pattern ROW = Pattern.compile("\\| `([a-z-]+)` \\| `?([^`|]*?)`? \\| (.*) \\|");
    private static final Pattern SPAN = Pattern.compile("`(P\\w+)` to `(P\\w+)`");

    private final Set<String> asked = new TreeSet<>();

    /** A row of the page. */
    record Documented(String name, String standard, String meaning) {}

    @Test
    void everyOptionIsDocumentedAndNoOther() throws IOException {
        read(Map.of());

        assertEquals(rows().stream().map(Documented::name).collect(Collectors.toCollection(TreeSet::new)), asked);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theDocumentedDefaultIsWhatAppliesWithoutTheOption(Documented option) {
        if (!option.standard().equals("none")) {
            assertEquals(
                    read(Map.of()).toString(),
                    read(Map.of(option.name(), option.standard())).toString());
        }
    }

    @ParameterizedTest
    @MethodSource("durations")
    void durationsAreTakenFromTheDocumentedLeastToTheDocumentedMost(Documented option) {
        Matcher span = SPAN.matcher(option.meaning());
        assertTrue(span.find(), option::meaning);

        for (String fine : List.of(span.group(1), span.group(2))) {
            read(Map.of(option.name(), fine));
        }
        assertRefused(
                option.name(), Duration.parse(span.group(1)).minusMillis(1).toString());
        assertRefused(option.name(), Duration.parse(span.group(2)).plusMillis(1).toString());
    }

    @ParameterizedTest
    @CsvSource({
        "flush-interval,15",
        "cache-max-age,10s",
        "retention,P1M",
        "token-cache,yes",
        "token-cache,TRUE",
        "failed-key-limit,60",
        "failed-key-limit,none",
        "failed-key-limit,0/min",
        "peppers,secret"
    })
    void whatCannotBeUnderstoodIsRefusedByTheNameOfTheOption(String name, String value) {
        assertRefused(name, value);
    }

    @Test
    void tokensAreNotReusedWhereThatIsSwitchedOff() {
        assertEquals(false, read(Map.of("token-cache", "false")).tokenCache());
    }

    @Test
    void wrongKeysAreAnsweredAlwaysWhereThatIsAskedFor() {
        assertEquals(
                Optional.empty(), read(Map.of("failed-key-limit", "unlimited")).failedKeyLimit());
        assertEquals(
                RateLimit.parse("5/h"), read(Map.of("failed-key-limit", "5/h")).failedKeyLimit());
    }

    @Test
    void peppersComeFromOnePlaceOnly() {
        String pepper = "1:bGF0Y2hrZXktdGVzdC1wZXBwZXItMQ==";

        assertRefused("peppers", Map.of("peppers", pepper, "peppers-vault", "entry"));
        assertRefused("peppers", Map.of("peppers", pepper, "peppers-file", "file"));
        assertRefused("peppers-file", Map.of("peppers-file", "no such file"));
    }

    private void assertRefused(String name, String value) {
        assertRefused(name, Map.of(name, value));
    }

    private void assertRefused(String name, Map<String, String> given) {
        String said =
                assertThrows(IllegalArgumentException.class, () -> read(given)).getMessage();
        assertTrue(said.startsWith("--spi-latchkey--default--" + name + ": "), said);
    }

    private ServerOptions read(Map<String, String> given) {
        return ServerOptions.read(
                Stub.of(Config.Scope.class)
                        .answering("get", sent -> {
                            asked.add((String) sent[0]);
                            return given.get(sent[0]);
                        })
                        .make(),
                List.of());
    }

    private static List<Documented> rows() throws IOException {
        List<Documented> rows = Files.readAllLines(PAGE).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> new Documented(row.group(1), row.group(2), row.group(3)))
                .toList();
        assertTrue(rows.size() > 5, rows::toString);
        return rows;
    }

    private static List<Documented> durations() throws IOException {
        return rows().stream().filter(row -> row.standard().startsWith("P")).toList();
    }
}
