package io.latchkey.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.policy.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ListParametersTest {
    private final List<FieldError> errors = new ArrayList<>();

    @Test
    void startsAtTheBeginningWithAHundred() {
        assertEquals(new ListParameters(0, 100, Optional.empty()), read(Map.of()));
        assertEquals(List.of(), errors);
    }

    @Test
    void readsItsParameters() {
        assertEquals(
                new ListParameters(20, 1000, Optional.of("ci 😀")),
                read(Map.of("first", "20", "max", "1000", "q", " ci 😀 ")));
        assertEquals(
                new ListParameters(Integer.MAX_VALUE, 1, Optional.empty()),
                read(Map.of("first", "2147483647", "max", "1", "q", " ")));
        assertEquals(List.of(), errors);
    }

    @Test
    void searchForAWholeKeyIsRefused() {
        String key = "acme_sk_live_" + "a".repeat(50);

        assertEquals(new ListParameters(0, 100, Optional.empty()), read(Map.of("q", " " + key)));
        assertEquals(List.of("q"), errors.stream().map(FieldError::field).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "first, -1",
        "first, 2147483648",
        "first, 99999999999999999999",
        "first, ''",
        "first, x",
        "first, ' 1'",
        "max, 0",
        "max, 1001",
        "max, 1.0",
        "max, -5",
        "max, ٥"
    })
    void namesTheNumberThatIsWrong(String name, String value) {
        assertEquals(new ListParameters(0, 100, Optional.empty()), read(Map.of(name, value)));
        assertEquals(List.of(name), errors.stream().map(FieldError::field).toList());
    }

    @Test
    void saysWhatIsAllowed() {
        read(Map.of("max", "5000", "q", "a\u0000b"));

        assertEquals(
                List.of(
                        new FieldError("max", "must be a whole number from 1 to 1000"),
                        new FieldError("q", "must not contain control characters or line breaks")),
                errors);
    }

    @Test
    void refusesHalfASurrogatePair() {
        assertEquals(Optional.empty(), read(Map.of("q", "a\ud83d")).q());
        assertEquals(List.of("q"), errors.stream().map(FieldError::field).toList());
    }

    @Test
    void refusesLongSearches() {
        assertEquals(
                Optional.of("é".repeat(255)), read(Map.of("q", "é".repeat(255))).q());
        assertEquals(Optional.empty(), read(Map.of("q", "é".repeat(256))).q());
        assertEquals(List.of("q"), errors.stream().map(FieldError::field).toList());
    }

    private ListParameters read(Map<String, String> query) {
        return ListParameters.read(query::get, errors::add);
    }
}
