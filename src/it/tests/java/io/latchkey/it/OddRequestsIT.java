package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.it.ApiClient.Answer;
import io.latchkey.openapi.DescribedOperation;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every endpoint answers an odd request with a problem that names what is odd. */
class OddRequestsIT {

    private static final List<DescribedOperation> OPERATIONS = DescribedOperation.served();
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private static RealmFixture realm;

    private ApiClient admin;
    private ApiClient alice;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of());
        realm.user("alice");
    }

    @BeforeEach
    void prepare() {
        admin = realm.master();
        alice = realm.signedIn("alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bogus", "a/b/c", "", "text/csv;q=x", "text/html", ";;", "application/json;charset"})
    void noAcceptHeaderMakesAServerError(String accept) {
        for (DescribedOperation operation : OPERATIONS) {
            Answer answer = send(operation.method(), operation.path(), accept, "{}");
            assertNotEquals(500, answer.status(), () -> operation + ": " + answer);
        }
        assertEquals(
                200, send("GET", "/realms/{realm}/api-keys/usage", accept, null).status());
        assertEquals(
                200,
                send("GET", "/admin/realms/{realm}/api-keys/usage", accept, null)
                        .status());
    }

    @Test
    void unknownParameterIsNamedByEveryEndpoint() {
        for (DescribedOperation operation : OPERATIONS) {
            if (!operation.path().contains("forward-auth")) {
                Answer refused = send(operation.method(), operation.path() + "?neverUsd=true", "*/*", "{}");

                assertProblem(400, refused, operation.toString());
                assertEquals("neverUsd", refused.json().at("/errors/0/field").asText(), operation::toString);
            }
        }
        assertProblem(
                403, send("GET", "/realms/{realm}/api-keys/forward-auth?audence=service", "*/*", null), "forward-auth");
    }

    @Test
    void wholeKeyInASearchIsRefusedByEveryList() {
        String key = realm.createKey("alice", "searched").text("key");
        for (DescribedOperation operation : OPERATIONS) {
            if (operation.query().contains("q")) {
                Answer refused = send(operation.method(), operation.path() + "?q=" + key, "*/*", null);

                assertProblem(400, refused, operation.toString());
                assertEquals("q", refused.json().at("/errors/0/field").asText(), operation::toString);
            }
        }
        assertNames("q", admin.post(realm.adminKeys() + "/revoke", Map.of("q", key)));
        assertNames("name", alice.post(realm.keys(), Map.of("name", "is " + key)));
        assertNames("description", alice.post(realm.keys(), Map.of("name", "x", "description", key)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "text/html", "bogus"})
    void methodThatIsNotServedIsAProblem(String accept) {
        Map<String, Set<String>> served = OPERATIONS.stream()
                .filter(operation -> !operation.path().contains("forward-auth/"))
                .collect(Collectors.groupingBy(
                        DescribedOperation::path, Collectors.mapping(DescribedOperation::method, Collectors.toSet())));
        served.forEach((path, methods) -> METHODS.stream()
                .filter(method -> !methods.contains(method))
                // What one path does not serve another one may.
                .filter(method -> OPERATIONS.stream()
                        .noneMatch(operation -> operation.method().equals(method)
                                && path.matches(operation.path().replaceAll("\\{\\w+}", "[^/]+"))))
                .forEach(method -> {
                    Answer answer = send(method, path, accept, "{}");
                    // Which of the two is up to the framework: another path may match but for its method.
                    assertProblem(answer.status() == 404 ? 404 : 405, answer, method + " " + path);
                }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "text/html", "bogus"})
    void pathThatIsNotThereIsAProblem(String accept) {
        for (String tree : List.of("/realms/{realm}/api-keys", "/admin/realms/{realm}/api-keys")) {
            for (String path : List.of("/AAAAAAAAAAAA/nothing", "/policy/nothing", "/a/b/c/d", "/usage/nothing")) {
                assertProblem(404, send("GET", tree + path, accept, null), tree + path);
            }
        }
        assertProblem(404, realm.anyone().get("/realms/nowhere/api-keys"), "realm");
    }

    /** Keycloak trusts the proxy of these tests about scheme and host. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Proto: a_b",
                "X-Forwarded-Proto: ftp",
                "X-Forwarded-Proto: http:",
                "X-Forwarded-Host: a b",
                "X-Forwarded-Host: a{b}",
                "X-Forwarded-Host: [",
                "X-Forwarded-Prefix: {",
                "Host: a{b}",
                "Host: ["
            })
    void uriThatCannotBeParsedIsRefusedByEveryEndpoint(String header) {
        String token = realm.passwordToken("alice").text("access_token");
        List<String> failures = OPERATIONS.stream()
                .map(operation -> operation + ": " + sendLine(operation, header, token))
                .filter(answer -> !answer.contains(": HTTP/1.1 400 ") || !answer.contains("\"field\":\"URI\""))
                .toList();

        assertEquals(List.of(), failures);
    }

    private static String sendLine(DescribedOperation operation, String header, String token) {
        String path = operation.path().replace("{realm}", realm.name()).replaceAll("\\{\\w+}", "AAAAAAAAAAAA");
        String host = header.startsWith("Host:") ? "" : "Host: localhost:8080\r\n";
        String request = operation.method() + " " + path + " HTTP/1.1\r\n" + host + header
                + "\r\nAuthorization: Bearer " + token + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        return WireAnswer.of(URI.create(LatchkeyServer.url()).getPort(), request.getBytes(StandardCharsets.US_ASCII))
                .text();
    }

    private Answer send(String method, String path, String accept, String body) {
        String filled = path.replace("{realm}", realm.name()).replaceAll("\\{\\w+}", "AAAAAAAAAAAA");
        boolean none = body == null || method.equals("GET");
        return (path.startsWith("/admin") ? admin : alice)
                .with("Accept", accept)
                .send(method, filled, none ? null : "application/json", none ? null : body);
    }

    private static void assertNames(String field, Answer refused) {
        assertProblem(400, refused, field);
        assertEquals(field, refused.json().at("/errors/0/field").asText(), refused::text);
    }

    private static void assertProblem(int status, Answer answer, String what) {
        assertEquals(status, answer.status(), () -> what + ": " + answer);
        assertTrue(answer.header("Content-Type").startsWith("application/problem+json"), () -> what + ": " + answer);
        assertEquals(status, answer.json().path("status").asInt(), () -> what + ": " + answer);
    }
}
