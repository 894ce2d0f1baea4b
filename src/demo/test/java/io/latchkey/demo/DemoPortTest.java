package io.latchkey.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.server.ServerFailure;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoPortTest {

    private static final String PROPERTY = "demo.test.port";

    @AfterEach
    void forget() {
        System.clearProperty(PROPERTY);
    }

    @Test
    void namesThePortAndThePropertyThatChangesIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            DemoPort port = new DemoPort("Keycloak", PROPERTY, taken.getLocalPort());

            ServerFailure failure = assertThrows(ServerFailure.class, port::requireFree);

            assertTrue(failure.getMessage().startsWith("Port " + taken.getLocalPort()), failure.getMessage());
            assertTrue(failure.getMessage().contains("-D" + PROPERTY + "="), failure.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "65536", "eighty"})
    void refusesWhatIsNoPort(String value) {
        System.setProperty(PROPERTY, value);

        ServerFailure failure = assertThrows(ServerFailure.class, () -> DemoPort.of("Keycloak", PROPERTY));

        assertEquals(
                "-D" + PROPERTY + "=" + value + " is no port: use a number from 1 to 65535.", failure.getMessage());
    }
}
