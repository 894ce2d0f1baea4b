package io.latchkey.forwardauth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A server that remembers what arrives; stands for the API behind a gateway, or for Keycloak when it is out of order. */
final class RecordingServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
    private volatile Function<Arrival, Reply> replies = arrival -> new Reply(200, Map.of(), "done");

    /** A request as it came; names of headers are in lower case. */
    record Arrival(String method, String target, Map<String, List<String>> headers, String body) {

        /** The values of a header, joined; empty when it is missing. */
        String header(String name) {
            return String.join(", ", headers.getOrDefault(name, List.of()));
        }
    }

    /** What somebody is told. */
    record Reply(int status, Map<String, String> headers, String body) {}

    RecordingServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** host:port */
    String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    void reply(int status, Map<String, String> headers, String body) {
        Reply same = new Reply(status, headers, body);
        reply(arrival -> same);
    }

    /** To each its own; may keep a request waiting. */
    void reply(Function<Arrival, Reply> replies) {
        this.replies = replies;
    }

    void forget() {
        arrivals.clear();
    }

    List<Arrival> arrivals() {
        return arrivals;
    }

    /** The one request since the last {@link #forget}. */
    Arrival only() {
        if (arrivals.size() != 1) {
            throw new AssertionError("Expected one request: " + arrivals);
        }
        return arrivals.get(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, List<String>> headers = new HashMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String target = exchange.getRequestURI().toString();
            Arrival arrival = new Arrival(exchange.getRequestMethod(), target, headers, body);
            arrivals.add(arrival);
            send(exchange, replies.apply(arrival));
        }
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        boolean none = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(reply.status(), none ? -1 : body.length);
        if (!none) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
