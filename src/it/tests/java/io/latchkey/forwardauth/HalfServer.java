package io.latchkey.forwardauth;

import io.latchkey.forwardauth.RecordingServer.Arrival;
import io.latchkey.forwardauth.RecordingServer.Reply;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** An API that fails half the time, and knows what it has earned by {@link io.latchkey.it.PaidRealm#PRICES}. */
final class HalfServer implements AutoCloseable {

    private static final List<Integer> STATUSES = List.of(200, 500, 302, 404, 201, 503, 204, 429);

    private final RecordingServer server = new RecordingServer();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger successes = new AtomicInteger();
    private final AtomicReference<BigDecimal> earned = new AtomicReference<>(BigDecimal.ZERO);

    HalfServer() {
        server.reply(this::answer);
    }

    String authority() {
        return server.authority();
    }

    int calls() {
        return calls.get();
    }

    int successes() {
        return successes.get();
    }

    BigDecimal earned() {
        return earned.get();
    }

    private Reply answer(Arrival call) {
        int status = STATUSES.get(calls.getAndIncrement() % STATUSES.size());
        if (status < 400) {
            successes.incrementAndGet();
            earned.accumulateAndGet(price(call), BigDecimal::add);
        }
        return new Reply(status, Map.of(), status == 204 ? "" : "answer");
    }

    private static BigDecimal price(Arrival call) {
        return switch (call.method() + " " + call.target()) {
            case "GET /search/books?q=1" -> new BigDecimal("0.5");
            case "POST /batch" -> new BigDecimal(2);
            default -> BigDecimal.ONE;
        };
    }

    @Override
    public void close() {
        server.close();
    }
}
