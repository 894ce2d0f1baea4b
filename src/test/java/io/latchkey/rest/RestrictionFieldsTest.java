package io.latchkey.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.http.JsonFields;
import io.latchkey.keys.RestrictionChange;
import io.latchkey.policy.FieldError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RestrictionFieldsTest {

    @Test
    void whatIsNotThereStays() {
        RestrictionChange change = RestrictionFields.read(fields("{}"));

        assertTrue(change.scopes().isAbsent());
        assertTrue(change.audiences().isAbsent());
        assertTrue(change.addresses().isAbsent());
        assertTrue(change.origins().isAbsent());
    }

    @ParameterizedTest
    @CsvSource({"null", "[]"})
    void nullAndTheEmptyListTakeAway(String nothing) {
        RestrictionChange change = RestrictionFields.read(
                fields("{'scopes':%1$s,'audiences':%1$s,'allowedIps':%1$s,'allowedOrigins':%1$s}".formatted(nothing)));

        assertEquals(Optional.of(List.of()), change.scopes().given());
        assertEquals(Optional.of(List.of()), change.audiences().given());
        assertEquals(Optional.of(List.of()), change.addresses().given());
        assertEquals(Optional.of(List.of()), change.origins().given());
    }

    @Test
    void whatMeansTheSameIsKeptOnce() {
        RestrictionChange change = RestrictionFields.read(fields("{'allowedIps':['10.0.0.1','::ffff:10.0.0.1/128',"
                + "'10.0.0.0/8'],'allowedOrigins':['https://A.example:443','https://a.example']}"));

        assertEquals(
                "[10.0.0.1, 10.0.0.0/8]",
                change.addresses().given().orElseThrow().toString());
        assertEquals(
                "[https://a.example]", change.origins().given().orElseThrow().toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'scopes':'email'}                                    | scopes",
                "{'scopes':{}}                                         | scopes",
                "{'scopes':['a',7]}                                    | scopes[1]",
                "{'scopes':['a','']}                                   | scopes[1]",
                "{'scopes':['a',null]}                                 | scopes[1]",
                "{'scopes':['a',['b']]}                                | scopes[1]",
                "{'audiences':['a','b\\u0000c']}                       | audiences[1]",
                "{'audiences':true}                                    | audiences",
                "{'allowedIps':'10.0.0.1'}                             | allowedIps",
                "{'allowedIps':['10.0.0.1','10.0.0.1/8']}              | allowedIps[1]",
                "{'allowedIps':['10.0.0.1','10.0.0.1','/8']}           | allowedIps[2]",
                "{'allowedIps':['fe80::1%eth0']}                       | allowedIps[0]",
                "{'allowedIps':['localhost']}                          | allowedIps[0]",
                "{'allowedOrigins':['https://a.example/']}             | allowedOrigins[0]",
                "{'allowedOrigins':['https://a.example','*']}          | allowedOrigins[1]",
                "{'allowedOrigins':[1]}                                | allowedOrigins[0]"
            })
    void namesTheElementAtFault(String json, String field) {
        assertEquals(List.of(field), faults(json));
    }

    @ParameterizedTest
    @CsvSource({"scopes, 20", "audiences, 20", "allowedIps, 50", "allowedOrigins, 20"})
    void everyListHasAnEnd(String name, int most) {
        assertEquals(List.of(), faults(list(name, most)));
        assertEquals(List.of(name), faults(list(name, most + 1)));
    }

    @Test
    void namesHaveAnEnd() {
        assertEquals(List.of(), faults("{'scopes':['" + "s".repeat(255) + "']}"));
        assertEquals(List.of("scopes[0]"), faults("{'scopes':['" + "s".repeat(256) + "']}"));
    }

    @Test
    void originsTogetherHaveAnEnd() {
        String json = "{'allowedOrigins':["
                + String.join(
                        ",",
                        IntStream.range(0, 20)
                                .mapToObj(i -> "'https://" + "a.".repeat(80) + "x" + i + "'")
                                .toList())
                + "]}";

        assertEquals(List.of("allowedOrigins"), faults(json));
    }

    private static String list(String name, int size) {
        List<String> values = IntStream.range(0, size)
                .mapToObj(i -> switch (name) {
                    case "allowedIps" -> "'10.0.0." + i + "'";
                    case "allowedOrigins" -> "'https://h" + i + ".example'";
                    default -> "'name" + i + "'";
                })
                .toList();
        return "{'" + name + "':[" + String.join(",", values) + "]}";
    }

    private static List<String> faults(String json) {
        JsonFields fields = fields(json);
        RestrictionFields.read(fields);
        return fields.errors().stream().map(FieldError::field).toList();
    }

    private static JsonFields fields(String json) {
        try {
            return JsonFields.of((ObjectNode) new ObjectMapper().readTree(json.replace('\'', '"')));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
