package io.latchkey.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.policy.FieldError;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ProblemTest {
    private static final List<FieldError> VIOLATIONS = List.of(new FieldError("name", "is required"));

    static Stream<Arguments> problems() {
        return Stream.of(
                Arguments.of(Problem.badRequest(VIOLATIONS), 400, "invalid-request"),
                Arguments.of(ProblemType.UNAUTHORIZED.problem(), 401, "unauthorized"),
                Arguments.of(ProblemType.KEY_REQUIRED.problem(), 401, "key-required"),
                Arguments.of(ProblemType.FORBIDDEN.problem("No."), 403, "forbidden"),
                Arguments.of(ProblemType.PLAN_REQUIRED.problem(), 403, "plan-required"),
                Arguments.of(ProblemType.NOT_FOUND.problem(), 404, "not-found"),
                Arguments.of(ProblemType.TOO_MANY_KEYS.problem("There are 10."), 409, "too-many-keys"),
                Arguments.of(ProblemType.PRECONDITION_FAILED.problem(), 412, "precondition-failed"),
                Arguments.of(Problem.tooLarge(JsonBody.MAX_BYTES), 413, "too-large"),
                Arguments.of(Problem.unsupportedMediaType("text/plain"), 415, "unsupported-media-type"));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void hasItsStatusAndStableType(Problem problem, int status, String slug) {
        assertEquals(status, problem.status());
        assertEquals(
                URI.create("https://latchkey.io/problems/" + slug),
                problem.type().uri());
        assertEquals(status, problem.toJson().path("status").intValue());
    }

    @ParameterizedTest
    @MethodSource("problems")
    void isNeverStoredAndAsksForATokenOnlyWhenNobodyIsKnown(Problem problem, int status, String slug) {
        Map<String, String> expected = status == 401
                ? Map.of("Cache-Control", "no-store", "WWW-Authenticate", "Bearer")
                : Map.of("Cache-Control", "no-store");

        assertEquals(expected, problem.headers());
    }

    @Test
    void listsWhatIsWrong() {
        assertEquals(
                "{\"type\":\"https://latchkey.io/problems/invalid-request\",\"title\":\"Invalid request\",\"status\":400,"
                        + "\"detail\":\"The request cannot be understood.\","
                        + "\"errors\":[{\"field\":\"name\",\"detail\":\"is required\"}],"
                        + "\"errorMessage\":\"name is required\"}",
                Problem.badRequest("name", "is required").toJson().toString());
    }

    @Test
    void leavesOutWhatItDoesNotHave() {
        assertEquals(
                "{\"type\":\"https://latchkey.io/problems/forbidden\",\"title\":\"Forbidden\",\"status\":403,"
                        + "\"detail\":\"Ask \\\"them\\\".\",\"errorMessage\":\"Ask \\\"them\\\".\"}",
                ProblemType.FORBIDDEN.problem("Ask \"them\".").toJson().toString());
    }

    @Test
    void saysWhereToGetAPlan() {
        Problem problem = ProblemType.PLAN_REQUIRED.problem().with("upgradeUrl", "https://example.org/plans");

        assertEquals(
                "https://example.org/plans", problem.toJson().path("upgradeUrl").textValue());
    }

    @Test
    void keyAsNameOfAFieldIsCut() {
        String key = "kc_sk_" + "aBcDeFgHiJ".repeat(5);

        String text = Problem.badRequest(key, "is not known").toText();

        assertFalse(text.contains(key), text);
        assertTrue(text.contains("\"field\":\"kc_sk_aBcDe...\""), text);
    }
}
