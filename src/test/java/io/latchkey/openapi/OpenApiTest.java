package io.latchkey.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.policy.PolicyDocument;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.junit.jupiter.api.Test;

class OpenApiTest {

    private static final OpenAPI DOCUMENT = OpenApiDocument.generate("1.2.3").model();

    @Test
    void namesWhatIsServedAndNothingElse() {
        Set<String> named = new TreeSet<>();
        operations((name, operation) -> named.add(name));

        assertEquals(Resources.operations().keySet(), named);
        assertTrue(named.contains("POST /realms/{realm}/api-keys/{id}/rotate"), named::toString);
        assertTrue(named.contains("PUT /admin/realms/{realm}/api-keys/policy"), named::toString);
    }

    @Test
    void containsEveryPathThatIsDescribed() throws IOException {
        Map<?, ?> described = (Map<?, ?>) ((Map<?, ?>) OpenApiDocument.raw()).get("paths");

        assertEquals(described.keySet(), DOCUMENT.getPaths().getPathItems().keySet());
    }

    @Test
    void namesOptionsWhereAGatewayAsksWithTheMethodOfItsRequest() {
        DOCUMENT.getPaths().getPathItems().forEach((path, item) -> {
            boolean forwardAuth = path.contains("/forward-auth");
            assertEquals(forwardAuth, item.getOPTIONS() != null, path);
        });
    }

    @Test
    void everyOperationMayAnswer503AndThoseWithABody413And415() {
        operations((name, operation) -> {
            var answers = operation.getResponses();
            assertTrue(answers.hasAPIResponse("503"), name);
            boolean body = operation.getRequestBody() != null;
            assertEquals(body, answers.hasAPIResponse("413"), name);
            assertEquals(body, answers.hasAPIResponse("415"), name);
        });
    }

    @Test
    void answersWithKeysAndProblemsHaveExamples() {
        for (String name : List.of("Key", "KeyList", "IssuedKey", "Problem", "Unavailable")) {
            DOCUMENT.getComponents()
                    .getResponses()
                    .get(name)
                    .getContent()
                    .getMediaTypes()
                    .forEach((type, media) -> assertFalse(media.getExamples().isEmpty(), name + " " + type));
        }
    }

    /** Generators make fields with a default required in what is sent. */
    @Test
    void noFieldHasADefault() {
        DOCUMENT.getComponents().getSchemas().forEach((name, schema) -> {
            assertNull(schema.getDefaultValue(), name);
            if (schema.getProperties() != null) {
                schema.getProperties().forEach((field, type) -> assertNull(type.getDefaultValue(), name + "." + field));
            }
        });
    }

    /** In the short notation of YAML a comma ends a description, and the rest becomes a name without a value. */
    @Test
    void noDescriptionIsCutAtAComma() throws IOException {
        List<String> cut = new ArrayList<>();

        collectNamesWithoutValue("", OpenApiDocument.raw(), cut);

        assertEquals(List.of(), cut);
    }

    @Test
    void explainsEveryOperation() {
        Set<String> ids = new HashSet<>();

        operations((name, operation) -> {
            assertNotNull(operation.getSummary(), name);
            assertEquals(1, operation.getTags().size(), name);
            assertTrue(ids.add(operation.getOperationId()), name);
        });
    }

    @Test
    void explainsEveryAnswer() {
        operations((name, operation) -> {
            var answers = operation.getResponses().getAPIResponses();
            assertTrue(answers.keySet().stream().anyMatch(status -> status.startsWith("2")), name);
            boolean open =
                    operation.getSecurity() != null && operation.getSecurity().isEmpty();
            assertTrue(open || answers.containsKey("401"), name);
            answers.forEach((status, answer) -> assertTrue(
                    answer.getRef() != null
                            || answer.getContent() != null
                            || answer.getHeaders() != null
                            || status.equals("204"),
                    name + " " + status));
        });
    }

    @Test
    void explainsEveryBody() {
        Map<String, Method> served = Resources.operations();

        operations((name, operation) -> {
            boolean reads = List.of(served.get(name).getParameterTypes()).contains(byte[].class);
            // Forms are Keycloak's to read: the code asks the request for them.
            boolean form = operation.getRequestBody() != null
                    && operation.getRequestBody().getContent().hasMediaType("application/x-www-form-urlencoded");
            assertEquals(reads || form, operation.getRequestBody() != null, name);
            assertTrue(!reads || operation.getRequestBody().getContent().hasMediaType("application/json"), name);
        });
    }

    @Test
    void namesEveryPartOfThePath() {
        operations((name, operation) -> {
            PathItem path = DOCUMENT.getPaths().getPathItem(name.substring(name.indexOf('/')));
            Set<String> parameters = Stream.of(path.getParameters(), operation.getParameters())
                    .flatMap(OpenApiTest::stream)
                    .filter(parameter -> parameter.getIn() == Parameter.In.PATH)
                    .map(Parameter::getName)
                    .collect(Collectors.toSet());

            Set<String> named = Pattern.compile("\\{(\\w+)}")
                    .matcher(name)
                    .results()
                    .map(match -> match.group(1))
                    .collect(Collectors.toSet());
            assertEquals(named, parameters, name);
        });
    }

    @Test
    void namesHowListsAreFiltered() {
        operations((name, operation) -> {
            boolean filtered = stream(operation.getParameters())
                    .anyMatch(parameter -> "#/components/parameters/status".equals(parameter.getRef()));

            assertEquals(name.matches("GET .*/api-keys(/count|/export)?"), filtered, name);
        });
    }

    @Test
    void knowsEveryFieldOfThePolicy() {
        Set<String> fields = new TreeSet<>();
        PolicyDocument.write(name -> null).fieldNames().forEachRemaining(fields::add);

        assertEquals(
                fields,
                new TreeSet<>(DOCUMENT.getComponents()
                        .getSchemas()
                        .get("Policy")
                        .getProperties()
                        .keySet()));
    }

    @Test
    void namesTheVersion() {
        assertEquals("1.2.3", DOCUMENT.getInfo().getVersion());
    }

    private static void collectNamesWithoutValue(String path, Object node, List<String> found) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                // Examples show fields that are null.
                if (value == null && !path.contains("/examples/")) {
                    found.add(path + "/" + name);
                }
                collectNamesWithoutValue(path + "/" + name, value, found);
            });
        } else if (node instanceof List<?> list) {
            list.forEach(value -> collectNamesWithoutValue(path, value, found));
        }
    }

    private static Stream<Parameter> stream(List<Parameter> parameters) {
        return parameters == null ? Stream.empty() : parameters.stream();
    }

    private static void operations(BiConsumer<String, Operation> each) {
        DOCUMENT.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations()
                        .forEach((method, operation) -> each.accept(method + " " + path, operation)));
    }
}
