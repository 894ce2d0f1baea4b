package io.latchkey.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyDocumentTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FULL = """
            {"creation":"plan","maxKeys":3,"defaultLifetime":"P7D","maxLifetime":"never","brand":"kwi","env":"test",\
            "kinds":["secret","publishable"],"scopes":["read","write"],"requireIp":true,"client":"my app",\
            "session":"online","tokenLifespan":"PT1H","keycloakRest":true,"reauthAge":"PT15M",\
            "managementClients":["shop","account-console"],\
            "upgradeUrl":"https://example.org/plans","exampleUrl":"https://api.example.org/orders","lockout":"ignore",\
            "timeZone":"Europe/Berlin","rateLimit":"10/s burst 20","ownerRateLimit":"1000/h"}""";

    @Test
    void writesEveryFieldOfTheDefaults() throws JsonProcessingException {
        String defaults = """
                {"creation":"admins","maxKeys":10,"defaultLifetime":"P90D","maxLifetime":"never","brand":"kc","env":null,\
                "kinds":["secret"],"scopes":[],"requireIp":false,"client":null,"session":"transient",\
                "tokenLifespan":"PT5M","keycloakRest":false,"reauthAge":null,"managementClients":["account-console"],"upgradeUrl":null,\
                "exampleUrl":null,"lockout":"honor","timeZone":"UTC",\
                "rateLimit":"unlimited","ownerRateLimit":"unlimited"}""";

        assertEquals(defaults, PolicyDocument.write(name -> null).toString());
    }

    @Test
    void whatIsReadIsWhatWasWritten() {
        Map<String, Optional<String>> attributes = accepted(FULL);

        assertEquals(
                FULL,
                PolicyDocument.write(name -> attributes.get(name).orElse(null)).toString());
    }

    @Test
    void absentAndNullGoBackToTheDefault() {
        Map<String, Optional<String>> absent = accepted("{}");

        assertEquals(
                PolicyAttributes.ALL.stream().map(PolicyAttribute::name).collect(Collectors.toSet()), absent.keySet());
        assertTrue(absent.values().stream().allMatch(Optional::isEmpty));
        assertEquals(absent, accepted("{\"maxKeys\":null,\"kinds\":null,\"brand\":null}"));
    }

    @Test
    void valuesAreWrittenInTheirCanonicalForm() {
        Map<String, Optional<String>> attributes = accepted(
                "{\"maxLifetime\":\"P1Y\",\"kinds\":[\"publishable\",\"secret\"],\"scopes\":[],\"maxKeys\":0}");

        assertEquals(Optional.of("P365D"), attributes.get("latchkey.max-lifetime"));
        assertEquals(Optional.of("secret publishable"), attributes.get("latchkey.kinds"));
        assertEquals(Optional.empty(), attributes.get("latchkey.scopes"));
        assertEquals(Optional.of("0"), attributes.get("latchkey.max-keys"));
    }

    @Test
    void schemaNamesTypeChoicesDefaultAndRuleOfAField() {
        JsonNode fields = PolicyDocument.schema().path("properties");

        assertEquals(
                "{\"type\":\"string\",\"enum\":[\"everyone\",\"plan\",\"admins\"],\"default\":\"admins\","
                        + "\"description\":\"must be one of everyone, plan, admins\",\"x-group\":\"creation\"}",
                fields.path("creation").toString());
        assertEquals("[\"string\",\"null\"]", fields.path("env").path("type").toString());
        assertEquals("[\"live\",\"test\",null]", fields.path("env").path("enum").toString());
        assertEquals(
                "{\"type\":\"string\",\"enum\":[\"secret\",\"publishable\"]}",
                fields.path("kinds").path("items").toString());
        assertEquals("integer", fields.path("maxKeys").path("type").asText());
        assertEquals("boolean", fields.path("requireIp").path("type").asText());
    }

    @Test
    void addressThatHoldsAKeyIsRefused() {
        String key = "acme_sk_" + "a".repeat(50);
        ObjectNode document = JSON.createObjectNode().put("upgradeUrl", "https://example.org/?key=" + key);

        ParsedPolicyDocument refused = PolicyDocument.read(document);

        assertEquals(List.of(new FieldError("upgradeUrl", "must not contain an API key")), refused.errors());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "creation|\"all\"",
                "creation|1",
                "maxKeys|\"3\"",
                "maxKeys|3.5",
                "maxKeys|10001",
                "maxKeys|99999999999999999999",
                "defaultLifetime|90",
                "maxLifetime|\"P101Y\"",
                "brand|\"\"",
                "env|\"prod\"",
                "kinds|[]",
                "kinds|\"secret\"",
                "kinds|[\"sk\"]",
                "kinds|[null]",
                "scopes|[\"read write\"]",
                "scopes|[\"\"]",
                "scopes|[1]",
                "requireIp|\"true\"",
                "client|\"a\\u0000b\"",
                "client|\"\"",
                "session|true",
                "tokenLifespan|\"PT1S\"",
                "keycloakRest|0",
                "reauthAge|\"never\"",
                "upgradeUrl|\"ftp://example.org\"",
                "exampleUrl|\"example.org\"",
                "exampleUrl|\"https://example.org/\\u202Egpj.exe\"",
                "upgradeUrl|\"https://example.org/a\\u200Bb\"",
                "upgradeUrl|\"https://example.org/a\\u2028b\"",
                "upgradeUrl|\"https://example.org/a\\u2029b\"",
                "lockout|{}",
                "rateLimit|\"10/fortnight\"",
                "rateLimit|10",
                "ownerRateLimit|\"none\"",
                "ownerRateLimit|\"0/s\"",
                "timeZone|\"Berlin\""
            })
    void wrongValueNamesItsField(String field, String value) {
        List<FieldError> errors = refused("{\"" + field + "\":" + value + "}");

        assertEquals(List.of(field), errors.stream().map(FieldError::field).toList());
        assertTrue(errors.get(0).detail().startsWith("must be "));
    }

    @Test
    void wrongValueSaysWhatIsAllowed() {
        assertEquals(
                List.of(new FieldError("creation", "must be one of everyone, plan, admins")),
                refused("{\"creation\":\"nobody\"}"));
    }

    @Test
    void unknownFieldsAreNamed() {
        assertEquals(
                List.of(new FieldError("max-keys", "unknown field"), new FieldError("MaxKeys", "unknown field")),
                refused("{\"max-keys\":1,\"MaxKeys\":1}"));
    }

    @Test
    void allViolationsAreReportedAtOnce() {
        assertEquals(
                List.of("maxKeys", "brand", "colour"),
                refused("{\"brand\":1,\"colour\":1,\"maxKeys\":-1}").stream()
                        .map(FieldError::field)
                        .toList());
    }

    @Test
    void defaultLifetimeMustFitTheLongest() {
        List<FieldError> expected = List.of(new FieldError("defaultLifetime", "must not be longer than maxLifetime"));

        assertEquals(expected, refused("{\"defaultLifetime\":\"P31D\",\"maxLifetime\":\"P30D\"}"));
        assertEquals(expected, refused("{\"defaultLifetime\":\"never\",\"maxLifetime\":\"P30D\"}"));
        accepted("{\"defaultLifetime\":\"P30D\",\"maxLifetime\":\"P30D\"}");
        accepted("{\"maxLifetime\":\"P30D\"}");
    }

    private static Map<String, Optional<String>> accepted(String json) {
        ParsedPolicyDocument update = PolicyDocument.read(object(json));
        assertEquals(List.of(), update.errors());
        return update.attributes();
    }

    private static List<FieldError> refused(String json) {
        return PolicyDocument.read(object(json)).errors();
    }

    private static ObjectNode object(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
