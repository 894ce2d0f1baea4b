package io.latchkey.forwardauth;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.latchkey.it.LatchkeyServer;
import io.latchkey.it.RealmFixture;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A gateway that appends the caller's path to ours must not be led to another address of Keycloak: there anybody is told 200.
 */
class EscapingPathsIT {

    private static RealmFixture realm;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/../../../protocol/openid-connect/certs",
                "/orders/../../../../protocol/openid-connect/certs",
                "/%2e%2e/%2E%2E/%2e%2e/protocol/openid-connect/certs",
                "/.%2e/.%2e/.%2e/protocol/openid-connect/certs",
                "/..%2f..%2f..%2fprotocol%2fopenid-connect%2fcerts",
                "/..;/..;/..;/protocol/openid-connect/certs",
                "/..\\..\\..\\protocol\\openid-connect\\certs",
                "/..%5c..%5c..%5cprotocol%5copenid-connect%5ccerts",
                "/%252e%252e/%252e%252e/%252e%252e/protocol/openid-connect/certs",
                "//../../../protocol/openid-connect/certs"
            })
    void noPathLeadsElsewhere(String path) throws IOException {
        String answer = get(realm.keys() + "/forward-auth/service" + path);

        assertFalse(answer.startsWith("HTTP/1.1 2"), answer);
    }

    /** As it is: an HTTP client would tidy the path. */
    private String get(String target) throws IOException {
        URI base = URI.create(LatchkeyServer.url());
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(30_000);
            String request =
                    "GET " + target + " HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
