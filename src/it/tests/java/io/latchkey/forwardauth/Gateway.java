package io.latchkey.forwardauth;

import io.latchkey.it.ApiClient;
import io.latchkey.it.LatchkeyServer;
import io.latchkey.it.RealmFixture;
import io.latchkey.server.ChildProcess;
import io.latchkey.server.ServerFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** A real gateway in front of an API, with the configuration of docker/gateways. */
final class Gateway implements AutoCloseable {

    /** Of a confidential client, which every realm of these tests has. */
    static final String CREDENTIALS =
            Base64.getEncoder().encodeToString(("service:" + RealmFixture.SECRET).getBytes(StandardCharsets.UTF_8));

    private final int port;
    private final Path log;
    private final ChildProcess process;

    private Gateway(int port, Path log, ChildProcess process) {
        this.port = port;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts a gateway and waits until it listens.
     *
     * @param keycloak host:port of who decides
     * @param api host:port of what is protected, the client {@code service} of the realm
     */
    static Gateway start(GatewayProgram program, String keycloak, String realm, String api) {
        return start(program, keycloak, realm, "service", api);
    }

    /** @param audience client id of what is protected */
    static Gateway start(GatewayProgram program, String keycloak, String realm, String audience, String api) {
        int port = LatchkeyServer.freePort();
        Path folder = program.folder(port);
        Map<String, String> settings = Map.of(
                "LISTEN", "127.0.0.1:" + port,
                "SITE", "http://:" + port,
                "BIND", "127.0.0.1",
                "ADMIN", "off",
                "KEYCLOAK", keycloak,
                "REALM", realm,
                "AUDIENCE", audience,
                "API", api,
                "CREDENTIALS", CREDENTIALS);
        Path log = folder.resolve("log");
        ChildProcess process = ChildProcess.start(
                program.toString(), program.prepare(folder, settings), program.environment(folder, settings), log);
        try {
            process.awaitListening(port, Duration.ofSeconds(20));
        } catch (ServerFailure e) {
            process.close();
            throw e;
        }
        return new Gateway(port, log, process);
    }

    /** Somebody who calls the API by the gateway. */
    ApiClient caller() {
        return new ApiClient(url());
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** The answer to a request that no decent client would send; its connection has to end with it. */
    String raw(String... lines) throws IOException {
        try (Socket socket = connect()) {
            String request = String.join("\r\n", lines) + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A connection on which requests can be sent, and which can be cut off. */
    Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(10_000);
        return socket;
    }

    /** All that the gateway has written. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
