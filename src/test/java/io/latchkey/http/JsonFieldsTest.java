package io.latchkey.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.latchkey.key.KeyKind;
import io.latchkey.model.MergePatchValue;
import io.latchkey.policy.FieldError;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonFieldsTest {
    private static final List<FieldError> NONE = List.of();

    @Test
    void tellsAbsentNullAndValueApart() {
        JsonFields fields = fields("{\"b\":null,\"c\":\"x\"}");

        assertEquals(new MergePatchValue.Absent<>(), fields.text("a", 1, 5));
        assertEquals(new MergePatchValue.Null<>(), fields.text("b", 1, 5));
        assertEquals(new MergePatchValue.Value<>("x"), fields.text("c", 1, 5));
        assertEquals(NONE, fields.errors());
    }

    @Test
    void keepsEmojiAndMarkupAndStripsTheEnds() {
        // The family is one picture of five code points; the last one is newer than the oldest JVM we run on.
        String text = "<b>Zoë</b> & 👨‍👩‍👧 \ud83e\udedf";
        JsonFields fields = fields("{\"name\":\" \\t" + text + "\\u2003\\n\"}");

        assertEquals(Optional.of(text), fields.text("name", 1, 64).given());
        assertEquals(NONE, fields.errors());
    }

    @Test
    void countsCodePoints() {
        JsonFields fields = fields("{\"fits\":\"😀😀😀\",\"long\":\"😀😀😀😀\",\"blank\":\"  \"}");

        assertEquals(Optional.of("😀😀😀"), fields.text("fits", 1, 3).given());
        fields.text("long", 1, 3);
        fields.text("blank", 1, 3);

        assertEquals(
                List.of(
                        new FieldError("long", "must have 1 to 3 characters"),
                        new FieldError("blank", "must have 1 to 3 characters")),
                fields.errors());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\u0000", "\\n", "\\r", "\\u001b", "\\u007f", "\\u0085", "\\u2028", "\\u2029", "\\uffff", "\\u0378"
            })
    void refusesWhatBreaksALine(String character) {
        JsonFields fields = fields("{\"name\":\"a" + character + "b\"}");

        assertEquals(new MergePatchValue.Absent<>(), fields.text("name", 1, 64));
        assertEquals(
                List.of(new FieldError("name", "must not contain control characters or line breaks")), fields.errors());
    }

    @Test
    void readsEveryType() {
        JsonFields fields = fields("""
                {"enabled":true,"count":7,"at":"2030-01-31T13:00:00+01:00","kind":"publishable",\
                "scopes":["b "," a","b"],"owner":{"id":"1"}}""");

        assertEquals(new MergePatchValue.Value<>(true), fields.flag("enabled"));
        assertEquals(new MergePatchValue.Value<>(7), fields.whole("count", 0, 7));
        assertEquals(new MergePatchValue.Value<>(Instant.parse("2030-01-31T12:00:00Z")), fields.instant("at"));
        assertEquals(
                new MergePatchValue.Value<>(KeyKind.PUBLISHABLE),
                fields.choice("kind", KeyKind::ofLabel, "secret, publishable"));
        assertEquals(new MergePatchValue.Value<>(List.of("b", "a", "b")), fields.storedTexts("scopes", 3, 1));
        assertEquals(
                Optional.of("1"),
                fields.object("owner")
                        .given()
                        .flatMap(owner -> owner.text("id", 1, 36).given()));
        assertEquals(NONE, fields.errors());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1", "true", "{}", "[1]", "\"\"", "\"wrong\"", "[\"a\\nb\"]", "[null]", "1.5", "99999999999"})
    void wrongValueOfAnyTypeIsOneViolation(String value) {
        JsonFields fields = fields(
                "{\"t\":%1$s,\"f\":%1$s,\"w\":%1$s,\"i\":%1$s,\"c\":%1$s,\"s\":%1$s,\"o\":%1$s}".formatted(value));

        List<MergePatchValue<?>> read = List.of(
                fields.text("t", 6, 64),
                fields.flag("f"),
                fields.whole("w", 2, 3),
                fields.instant("i"),
                fields.choice("c", KeyKind::ofLabel, "secret, publishable"),
                fields.storedTexts("s", 1, 64),
                fields.object("o"));

        long right =
                read.stream().filter(MergePatchValue.Value.class::isInstance).count();
        assertEquals(read.size() - right, fields.errors().size());
        assertEquals(value.equals("true") || value.equals("{}") ? 1 : 0, right);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2030-01-31",
                "2030-01-31T12:00:00",
                "2030-02-30T12:00:00Z",
                "1969-12-31T23:59:59Z",
                "+10000-01-01T00:00:00Z",
                "+999999999-01-01T00:00:00Z",
                "1893456000"
            })
    void refusesMomentsWithoutOffsetOrOutOfRange(String text) {
        JsonFields fields = fields("{\"at\":\"" + text + "\"}");

        fields.instant("at");

        assertEquals(
                List.of(new FieldError("at", "must be an ISO-8601 time with offset such as 2030-01-31T12:00:00Z")),
                fields.errors());
    }

    @Test
    void namesTheItemThatIsWrong() {
        JsonFields fields = fields("{\"few\":[\"a\",1,\"\"],\"many\":[\"a\",\"a\",\"a\",\"a\"]}");

        fields.storedTexts("few", 3, 5);
        fields.storedTexts("many", 3, 5);

        assertEquals(
                List.of(
                        new FieldError("few[1]", "must be a string"),
                        new FieldError("few[2]", "must have 1 to 5 characters"),
                        new FieldError("many", "must be a list of at most 3 strings")),
                fields.errors());
    }

    @Test
    void membersNobodyAskedForAreViolations() {
        JsonFields fields = fields("{\"name\":\"x\",\"nmae\":\"x\",\"owner\":{\"id\":\"1\",\"realm\":\"x\"}}");

        fields.text("name", 1, 5);
        fields.object("owner").given().ifPresent(owner -> owner.text("id", 1, 5));

        assertEquals(
                List.of(new FieldError("owner.realm", "unknown field"), new FieldError("nmae", "unknown field")),
                fields.errors());
    }

    @Test
    void requiredMemberMustHaveAValue() {
        JsonFields fields = fields("{\"b\":null,\"c\":1,\"d\":\"x\"}");

        assertEquals(Optional.empty(), fields.required("a", fields.text("a", 1, 5)));
        assertEquals(Optional.empty(), fields.required("b", fields.text("b", 1, 5)));
        assertEquals(Optional.empty(), fields.required("c", fields.text("c", 1, 5)));
        assertEquals(Optional.of("x"), fields.required("d", fields.text("d", 1, 5)));

        assertEquals(
                List.of(
                        new FieldError("a", "is required"),
                        new FieldError("b", "is required"),
                        new FieldError("c", "must be a string")),
                fields.errors());
    }

    @Test
    void nullCanBeRefused() {
        JsonFields fields = fields("{\"a\":null}");

        assertEquals(new MergePatchValue.Absent<>(), fields.notNull("a", fields.flag("a")));
        assertEquals(new MergePatchValue.Absent<>(), fields.notNull("b", fields.flag("b")));
        assertEquals(List.of(new FieldError("a", "must not be null")), fields.errors());
    }

    @Test
    void aPatchIsMappedWhereItHasAValue() {
        assertEquals(new MergePatchValue.Value<>(3), new MergePatchValue.Value<>("new").map(String::length));
        assertEquals(new MergePatchValue.Null<>(), new MergePatchValue.Null<String>().map(String::length));
    }

    private static JsonFields fields(String json) {
        return JsonFields.of(JsonBody.read(json.getBytes(StandardCharsets.UTF_8), JsonBody.MAX_BYTES)
                .json()
                .orElseThrow());
    }

    @Test
    void storedTextThatHoldsAKeyIsRefused() {
        String key = "acme_sk_" + "a".repeat(50);
        JsonFields fields = JsonFields.of(JsonNodeFactory.instance
                .objectNode()
                .put("name", "my key " + key)
                .put("path", key)
                .set("scopes", JsonNodeFactory.instance.arrayNode().add("email").add(key)));

        fields.freeText("name", 1, 255);
        fields.text("path", 1, 255);
        fields.storedTexts("scopes", 3, 255);

        assertEquals(
                List.of("name", "scopes[1]"),
                fields.errors().stream().map(FieldError::field).toList());
    }
}
