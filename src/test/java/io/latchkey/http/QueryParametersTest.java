package io.latchkey.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.openapi.DescribedOperation;
import io.latchkey.policy.Violation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class QueryParametersTest {

    @Test
    void everyEndpointKnowsTheParametersOfItsDescription() {
        List<DescribedOperation> all = DescribedOperation.all();

        all.stream()
                .filter(operation -> !operation.path().contains("forward-auth"))
                .forEach(operation -> assertEquals(operation.query(), named(operation), operation::toString));
        assertTrue(all.size() > 40);
    }

    private static Set<String> named(DescribedOperation operation) {
        return new TreeSet<>(
                QueryParameters.known(operation.method(), operation.path()).orElseThrow());
    }

    @Test
    void unknownParameterIsNamed() {
        assertEquals(
                List.of(new Violation("neverUsd", "unknown parameter")),
                QueryParameters.unknown("GET", "/auth/admin/realms/r/api-keys/count", Set.of("neverUsd", "q")));
        assertEquals(
                List.of(new Violation("max", "unknown parameter")),
                QueryParameters.unknown("GET", "/admin/realms/r/api-keys/export", Set.of("max")));
        assertEquals(
                List.of(new Violation("owner", "unknown parameter")),
                QueryParameters.unknown("GET", "/realms/r/api-keys/", Set.of("owner", "first")));
        assertEquals(
                1,
                QueryParameters.unknown("DELETE", "/realms/r/api-keys/AAAAAAAAAAAA", Set.of("x"))
                        .size());
    }

    @Test
    void queryOfACallerBehindAGatewayIsNotLookedAt() {
        assertEquals(List.of(), QueryParameters.unknown("GET", "/realms/r/api-keys/forward-auth/api/x", Set.of("y")));
        assertEquals(List.of(), QueryParameters.unknown("GET", "/realms/r/account", Set.of("y")));
    }
}
