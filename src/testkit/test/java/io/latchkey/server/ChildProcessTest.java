package io.latchkey.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

    private static final URI NOBODY = URI.create("http://127.0.0.1:1/");

    @TempDir
    Path folder;

    /** A program that says something and then waits to be stopped, or ends at once where told so. */
    static final class Program {
        public static void main(String[] arguments) throws InterruptedException {
            System.out.println("the last words of a program");
            if (arguments.length > 0) {
                System.exit(Integer.parseInt(arguments[0]));
            }
            Thread.currentThread().join();
        }
    }

    @Test
    void reportsTheEndOfTheLogOfAProgramThatFails() {
        try (ChildProcess program = start("3")) {
            ServerFailure failure =
                    assertThrows(ServerFailure.class, () -> program.awaitReady(NOBODY, Duration.ofMinutes(1)));

            assertTrue(failure.getMessage().startsWith("Program ended with exit code 3"), failure.getMessage());
            assertTrue(failure.getMessage().endsWith("the last words of a program"), failure.getMessage());
        }
    }

    @Test
    void tellsWhenAProgramEndsLater() throws Exception {
        try (ChildProcess program = start("4")) {
            ServerFailure failure = program.ended().get(1, TimeUnit.MINUTES);

            assertTrue(failure.getMessage().startsWith("Program ended with exit code 4"), failure.getMessage());
        }
    }

    @Test
    void givesUpOnAProgramThatIsNeverReady() {
        try (ChildProcess program = start()) {
            ServerFailure failure =
                    assertThrows(ServerFailure.class, () -> program.awaitReady(NOBODY, Duration.ofMillis(1)));

            assertTrue(failure.getMessage().startsWith("Program was not ready after 0 s"), failure.getMessage());
        }
    }

    @Test
    void returnsOnceTheAddressAnswers() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();

        try (ChildProcess program = start()) {
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
            program.awaitReady(address, Duration.ofMinutes(1));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void stopsTheProgramWhenClosed() {
        ChildProcess program = start();
        long pid = program.pid();

        program.close();

        assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
    }

    private ChildProcess start(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName()));
        command.addAll(List.of(arguments));
        return ChildProcess.start("Program", command, Map.of(), folder.resolve("program.log"));
    }
}
