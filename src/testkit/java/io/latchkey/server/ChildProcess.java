package io.latchkey.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A program started by this one: its output goes to a file, and it is stopped when this program ends. */
public final class ChildProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int TAIL_LINES = 30;

    private final String name;
    private final Process process;
    private final Path log;
    private final Thread hook;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.hook = new Thread(this::stop, "stop " + name);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Starts a command; {@code name} is what people call it, {@code environment} is added to ours. */
    public static ChildProcess start(String name, List<String> command, Map<String, String> environment, Path log) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            Process process = builder.start();
            process.getOutputStream().close();
            return new ChildProcess(name, process, log);
        } catch (IOException e) {
            throw new ServerFailure("Could not start " + name + ": " + e.getMessage(), e);
        }
    }

    /** Waits until the address answers 200, or fails when the program ends first or the limit has passed. */
    public void awaitReady(URI address, Duration limit) {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build();
        HttpClient client = HttpClient.newHttpClient();
        await(() -> answers(client, request), limit);
    }

    /** Waits until the program listens at that port of 127.0.0.1; otherwise as {@link #awaitReady}. */
    public void awaitListening(int port, Duration limit) {
        await(() -> listens(port), limit);
    }

    /** Waits until the condition holds; otherwise as {@link #awaitReady}. */
    public void await(BooleanSupplier condition, Duration limit) {
        Instant deadline = Instant.now().plus(limit);
        while (!condition.getAsBoolean()) {
            if (endsWithin(Duration.ofMillis(250))) {
                throw failure("ended with exit code " + process.exitValue());
            }
            if (Instant.now().isAfter(deadline)) {
                throw failure("was not ready after " + limit.toSeconds() + " s");
            }
        }
    }

    /** Waits until the program ends by itself, and returns its exit code. */
    public int awaitEnd(Duration limit) {
        if (!endsWithin(limit)) {
            throw failure("had not ended after " + limit.toSeconds() + " s");
        }
        return process.exitValue();
    }

    /** Completes with what to tell people once the program has ended, for whatever reason. */
    public CompletableFuture<ServerFailure> ended() {
        return process.onExit().thenApply(p -> failure("ended with exit code " + p.exitValue()));
    }

    /** Process id. */
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyShuttingDown) {
            // The hook itself stops the program then.
        }
        stop();
    }

    private void stop() {
        // Read before the program ends: afterwards its children belong to nobody we know.
        List<ProcessHandle> family = process.descendants().toList();
        process.destroy();
        if (!endsWithin(PATIENCE)) {
            process.destroyForcibly();
        }
        family.forEach(ProcessHandle::destroyForcibly);
    }

    private boolean endsWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerFailure("Interrupted while waiting for " + name, e);
        }
    }

    private static boolean answers(HttpClient client, HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerFailure("Interrupted while waiting for " + request.uri(), e);
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private ServerFailure failure(String what) {
        return new ServerFailure(name + " " + what + ". The end of " + log + ":" + System.lineSeparator() + tail());
    }

    private String tail() {
        try {
            // Not readString: a program may write bytes that are no UTF-8.
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join(
                    System.lineSeparator(), lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
