package io.latchkey.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.policy.PolicyDocument;
import io.latchkey.policy.RealmPolicy;
import java.lang.reflect.Method;
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
                    .filter(part -> !part.equals("rest"))
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
        PolicyDocument.write(RealmPolicy.read(name -> null)).fieldNames().forEachRemaining(fields::add);

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
