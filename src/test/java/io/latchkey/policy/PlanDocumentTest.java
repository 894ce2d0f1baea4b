package io.latchkey.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlanDocumentTest {

    @Test
    void saysWhatThePlanWidens() {
        ObjectNode plan =
                PlanDocument.write("pro", Map.of("latchkey.max-keys", "50", "latchkey.max-lifetime", "never"));

        assertEquals("pro", plan.path("role").asText());
        assertEquals(50, plan.path("maxKeys").asInt());
        assertEquals("never", plan.path("maxLifetime").asText());
        assertTrue(plan.path("defaultLifetime").isNull());
        assertEquals("[]", plan.path("faults").toString());
    }

    @Test
    void namesWrongValuesWithoutRepeatingThem() {
        ObjectNode plan = PlanDocument.write("pro", Map.of("latchkey.max-keys", "plenty"));

        assertTrue(plan.path("maxKeys").isNull());
        assertEquals(List.of("latchkey.max-keys"), plan.path("faults").findValuesAsText("attribute"));
        assertEquals(
                "must be a whole number from 0 to 10000; does not count",
                plan.at("/faults/0/detail").asText());
    }

    @Test
    void namesWhatNoPlanCanChange() {
        ObjectNode plan = PlanDocument.write("pro", Map.of("latchkey.session", "online", "latchkey.tier", "gold"));

        assertEquals(
                List.of("latchkey.session", "latchkey.tier"),
                plan.path("faults").findValuesAsText("attribute"));
        assertEquals(
                List.of("has no effect on a role", "has no effect on a role"),
                plan.path("faults").findValuesAsText("detail"));
    }

    @Test
    void saysWhichCreditsThePlanGives() {
        Map<String, String> attributes = Map.of(
                "latchkey.credits.rest", " 10000/month ",
                "latchkey.credits.batch", "lots",
                "latchkey.rate-limit", "10/s");

        ObjectNode plan = PlanDocument.write("pro", attributes);

        assertEquals("{\"rest\":\"10000/month\"}", plan.path("credits").toString());
        assertEquals("10/s", plan.path("rateLimit").asText());
        assertEquals(List.of("latchkey.credits.batch"), plan.path("faults").findValuesAsText("attribute"));
    }

    /** The name of a role's attribute has no more than 255 characters. */
    @Test
    void namesApisWhoseNameIsTooLong() throws JsonProcessingException {
        String longest = "a".repeat(238);
        String plan = "{\"credits\":{\"%s\":\"1/day\"}}";

        assertEquals(List.of(), read(plan.formatted(longest), api -> true).errors());
        ParsedPolicyDocument refused = read(plan.formatted(longest + "a"), api -> true);
        assertEquals("credits." + longest + "a", refused.errors().get(0).field());
    }

    @Test
    void aPlanThatIsWrittenIsReadAsTheSame() throws JsonProcessingException {
        ParsedPolicyDocument update = read("""
                {"maxKeys":3,"defaultLifetime":null,"ownerRateLimit":"5/s","credits":{"rest":"0.5/day"}}""");

        Map<String, String> attributes = new HashMap<>();
        update.attributes().forEach((name, value) -> value.ifPresent(text -> attributes.put(name, text)));
        assertEquals(
                Map.of(
                        "latchkey.max-keys", "3",
                        "latchkey.owner-rate-limit", "5/s",
                        "latchkey.credits.rest", "0.5/day"),
                attributes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'maxKeys':-1}|maxKeys",
                "{'rateLimit':'fast'}|rateLimit",
                "{'session':'online'}|session",
                "{'credits':[]}|credits",
                "{'credits':{'rest':'lots'}}|credits.rest",
                "{'credits':{'rest':'1/week'}}|credits.rest",
                "{'credits':{'rest':'0.0000001/day'}}|credits.rest",
                "{'credits':{'rest':10000}}|credits.rest",
                "{'credits':{'nobody':'1/day'}}|credits.nobody"
            })
    void aWrongValueIsRefusedAndNamed(String document, String field) throws JsonProcessingException {
        ParsedPolicyDocument update = read(document.replace('\'', '"'));

        assertEquals(
                List.of(field), update.errors().stream().map(FieldError::field).toList());
    }

    private static ParsedPolicyDocument read(String document) throws JsonProcessingException {
        return read(document, "rest"::equals);
    }

    private static ParsedPolicyDocument read(String document, Predicate<String> isApi) throws JsonProcessingException {
        return PlanDocument.read((ObjectNode) new ObjectMapper().readTree(document), isApi);
    }
}
