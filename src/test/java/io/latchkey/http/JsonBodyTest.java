package io.latchkey.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.policy.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonBodyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " {\"name\":\"x\"} \n",
                "{\"name\":\"\\ud83d\\ude00 <b>\"}",
                "{\"name\":\"😀\"}",
                "{\"a\":{\"x\":1},\"b\":{\"x\":2}}"
            })
    void readsAnObject(String text) {
        assertTrue(read(text).json().isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"text\"",
                "1",
                "{",
                "}",
                "{} {}",
                "{} x",
                "{},",
                "{'a':1}",
                "// no\n{}",
                "\uFEFF{}",
                "{a:1}"
            })
    void refusesWhatIsNotOneObject(String text) {
        assertEquals(List.of("body"), fields(read(text)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":1,\"name\":2}|name",
                "{\"owner\":{\"id\":1,\"id\":1}}|owner.id",
                "{\"list\":[{\"a\":1},{\"b\":1,\"b\":2}]}|list[1].b",
                "{\"n\\u0061me\":1,\"name\":2}|name",
                "{\"name\":tru}|name",
                "{\"name\":NaN}|name",
                "{\"name\":01}|name",
                "{\"name\":\"\\ud800\"}|name",
                "{\"owner\":{\"name\":\"\\udc00x\"}}|owner.name",
                "{\"list\":[\"a\",\"\\ud83dx\"]}|list[1]",
                "{\"\\ud800\":1}|body",
                "{\"owner\":{\"\\ud800\":1}}|owner",
                "{\"name\":\"y\",|body",
                "{\"owner\":{\"name\":\"y|body"
            })
    void namesTheFieldThatIsInTheWay(String text, String field) {
        assertEquals(List.of(field), fields(read(text)));
    }

    @Test
    void refusesDeepNesting() {
        String fits = "{\"a\":" + "[".repeat(15) + "]".repeat(15) + "}";
        String tooDeep = "{\"a\":" + "[".repeat(16) + "]".repeat(16) + "}";

        assertTrue(read(fits).json().isPresent());
        assertEquals(List.of("body"), fields(read(tooDeep)));
        assertEquals(List.of("body"), fields(read("{\"a\":" + "[".repeat(60_000))));
    }

    @Test
    void refusesMoreThanItsLimitInBytes() {
        String fits = "{\"a\":\"" + "x".repeat(JsonBody.MAX_BYTES - 8) + "\"}";
        String tooLong = "{\"a\":\"" + "x".repeat(JsonBody.MAX_BYTES - 7) + "\"}";
        String tooWide = "{\"a\":\"" + "é".repeat(JsonBody.MAX_BYTES / 2) + "\"}";

        assertTrue(read(fits).json().isPresent());
        for (String text : List.of(tooLong, tooWide)) {
            assertEquals(413, problem(read(text)).status());
        }
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] latin1 = "{\"name\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] surrogate = {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', ':', '1', '}'};

        assertEquals(List.of("body"), fields(JsonBody.read(latin1, JsonBody.MAX_BYTES)));
        assertEquals(List.of("body"), fields(JsonBody.read(surrogate, JsonBody.MAX_BYTES)));
    }

    @Test
    void neverRepeatsTheBody() {
        Problem problem = problem(read("{\"key\":kc_sk_verysecret}"));

        assertFalse(problem.toJson().toString().contains("verysecret"));
    }

    @Test
    void cutsLongNames() {
        String name = "n".repeat(1000);

        assertEquals(List.of("n".repeat(64) + "..."), fields(read("{\"" + name + "\":1,\"" + name + "\":2}")));
    }

    private static JsonBody read(String text) {
        return JsonBody.read(text.getBytes(StandardCharsets.UTF_8), JsonBody.MAX_BYTES);
    }

    private static Problem problem(JsonBody body) {
        return body.problem().orElseThrow();
    }

    private static List<String> fields(JsonBody body) {
        assertEquals(400, problem(body).status());
        return problem(body).errors().stream().map(FieldError::field).toList();
    }
}
