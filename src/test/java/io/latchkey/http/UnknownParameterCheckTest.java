package io.latchkey.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.openapi.OpenApiDocument;
import io.latchkey.policy.FieldError;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.junit.jupiter.api.Test;

class UnknownParameterCheckTest {

    private static final OpenAPI DOCUMENT = OpenApiDocument.generate("0").model();

    @Test
    void everyEndpointKnowsTheParametersOfItsDescription() {
        Set<String> all = new TreeSet<>();

        DOCUMENT.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations().forEach((method, operation) -> {
                    String name = method + " " + path;
                    all.add(name);
                    if (!path.contains("forward-auth")) {
                        assertEquals(described(operation), known(method.name(), path), name);
                    }
                }));
        assertTrue(all.size() > 40);
    }

    private static Set<String> described(Operation operation) {
        return Stream.ofNullable(operation.getParameters())
                .flatMap(List::stream)
                .map(parameter -> parameter.getRef() == null
                        ? parameter
                        : DOCUMENT.getComponents()
                                .getParameters()
                                .get(parameter.getRef().replaceAll(".*/", "")))
                .filter(parameter -> parameter.getIn() == Parameter.In.QUERY)
                .map(Parameter::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> known(String method, String path) {
        return new TreeSet<>(UnknownParameterCheck.known(method, path).orElseThrow());
    }

    @Test
    void unknownParameterIsNamed() {
        assertEquals(
                List.of(new FieldError("neverUsd", "unknown parameter")),
                UnknownParameterCheck.unknown("GET", "/auth/admin/realms/r/api-keys/count", Set.of("neverUsd", "q")));
        assertEquals(
                List.of(new FieldError("max", "unknown parameter")),
                UnknownParameterCheck.unknown("GET", "/admin/realms/r/api-keys/export", Set.of("max")));
        assertEquals(
                List.of(new FieldError("owner", "unknown parameter")),
                UnknownParameterCheck.unknown("GET", "/realms/r/api-keys/", Set.of("owner", "first")));
        assertEquals(
                1,
                UnknownParameterCheck.unknown("DELETE", "/realms/r/api-keys/AAAAAAAAAAAA", Set.of("x"))
                        .size());
    }

    @Test
    void queryOfACallerBehindAGatewayIsNotLookedAt() {
        assertEquals(
                List.of(), UnknownParameterCheck.unknown("GET", "/realms/r/api-keys/forward-auth/api/x", Set.of("y")));
        assertEquals(List.of(), UnknownParameterCheck.unknown("GET", "/realms/r/account", Set.of("y")));
    }
}
