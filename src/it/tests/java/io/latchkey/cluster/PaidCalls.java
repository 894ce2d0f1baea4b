package io.latchkey.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import io.latchkey.it.PaidRealm;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Paid calls at both nodes, a hundred in a request, half of which fail; each is ended at whichever node the caller comes to next.
 * It counts what it was told.
 */
final class PaidCalls {

    static final String API = "metered";
    /** Each of them odd, so that nothing but the right sum is the right sum. */
    private static final BigDecimal COST = new BigDecimal("0.53");

    private static final int AT_ONCE = 100;

    private final List<PaidRealm> nodes;
    private final String key;
    private final AtomicInteger reserved = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicLong successes = new AtomicLong();
    private final AtomicLong doubtful = new AtomicLong();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile int only = -1;

    PaidCalls(PaidRealm a, PaidRealm b, String key) {
        this.nodes = List.of(a, b);
        this.key = key;
    }

    /** Calls until that many were reserved, or it is over for another reason. */
    void run(int calls, int threads, BooleanSupplier over) {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        IntStream.range(0, threads)
                .forEach(worker -> workers.execute(() -> {
                    for (int round = worker; reserved.get() < calls && !over.getAsBoolean(); round++) {
                        attempt(round);
                    }
                }));
        workers.shutdown();
        try {
            if (!workers.awaitTermination(10, TimeUnit.MINUTES)) {
                throw new AssertionError("A request hangs");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void attempt(int round) {
        try {
            once(round);
        } catch (UncheckedIOException unanswered) {
            if (only < 0) {
                failures.add(unanswered.toString());
            }
        } catch (RuntimeException | AssertionError unexpected) {
            failures.add(unexpected.toString());
        }
    }

    private void once(int round) {
        List<Map<String, Object>> asked = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            asked.add(Map.of("key", key, "cost", COST));
        }
        List<String> reservations = new ArrayList<>();
        for (JsonNode verdict :
                node(round).verifyAll(API, asked).expect(200).json().path("results")) {
            if (verdict.path("valid").asBoolean()) {
                reservations.add(verdict.at("/credits/reservation").asText());
            } else {
                refused.incrementAndGet();
            }
        }
        reserved.addAndGet(reservations.size());
        int half = reservations.size() / 2;
        end(round / 2, "settle", reservations.subList(0, half));
        end(round / 3, "release", reservations.subList(half, reservations.size()));
    }

    private void end(int place, String how, List<String> reservations) {
        if (reservations.isEmpty()) {
            return;
        }
        boolean settles = how.equals("settle");
        doubtful.addAndGet(settles ? reservations.size() : 0);
        Answer answer = node(place).endAll(API, how, reservations).expect(200);
        for (JsonNode item : answer.json().path("results")) {
            boolean heard = item.path("status").asInt() < 300;
            successes.addAndGet(settles && heard ? 1 : 0);
            if (!heard && only < 0) {
                failures.add(item.toString());
            }
        }
        doubtful.addAndGet(settles ? -reservations.size() : 0);
    }

    private PaidRealm node(int place) {
        return nodes.get(only >= 0 ? only : place % 2);
    }

    /** From now on only that node is asked. */
    void stayAt(int node) {
        only = node;
    }

    int reserved() {
        return reserved.get();
    }

    int refused() {
        return refused.get();
    }

    /** What was told to be charged. */
    BigDecimal charged() {
        return COST.multiply(BigDecimal.valueOf(successes.get()));
    }

    /** What may have been charged though nobody answered. */
    BigDecimal perhapsCharged() {
        return COST.multiply(BigDecimal.valueOf(doubtful.get()));
    }

    List<String> failures() {
        return List.copyOf(failures);
    }
}
