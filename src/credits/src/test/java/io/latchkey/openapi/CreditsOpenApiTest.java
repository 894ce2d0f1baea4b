package io.latchkey.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.credits.rest.AccountCreditsResource;
import io.latchkey.credits.rest.AdminCreditsResource;
import io.latchkey.credits.rest.PricesResource;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that the OpenAPI document, which is made without this module, describes what its resources serve. */
class CreditsOpenApiTest {

    static Stream<Arguments> resources() {
        return Stream.of(
                Arguments.of(CreditsEndpoints.Account.class, AccountCreditsResource.class),
                Arguments.of(CreditsEndpoints.Allowances.class, AdminCreditsResource.class),
                Arguments.of(CreditsEndpoints.Prices.class, PricesResource.class));
    }

    @ParameterizedTest
    @MethodSource("resources")
    void everyPathIsDescribedAndNoOther(Class<?> described, Class<?> served) {
        assertEquals(bodies(described), bodies(served));
    }

    private static Map<String, List<Class<?>>> bodies(Class<?> resource) {
        return Resources.operations(resource).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, operation -> parameters(operation.getValue())));
    }

    private static List<Class<?>> parameters(Method method) {
        return Arrays.asList(method.getParameterTypes());
    }
}
