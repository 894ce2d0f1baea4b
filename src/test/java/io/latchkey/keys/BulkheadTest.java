package io.latchkey.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BulkheadTest {

    private final Bulkhead bulkhead = new Bulkhead();

    @Test
    void answersWithTheResultOfTheWork() {
        assertEquals(Optional.of("done"), bulkhead.take(() -> "done"));
    }

    @Test
    void neverLetsMoreThanFourWorkAtOnceAndLeavesNobodyOut() {
        AtomicInteger working = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch fourAreIn = new CountDownLatch(4);
        ExecutorService threads = Executors.newFixedThreadPool(20);
        List<CompletableFuture<Optional<Integer>>> started = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            started.add(CompletableFuture.supplyAsync(
                    () -> bulkhead.take(() -> {
                        most.accumulateAndGet(working.incrementAndGet(), Math::max);
                        fourAreIn.countDown();
                        awaitQuietly(fourAreIn);
                        return working.decrementAndGet();
                    }),
                    threads));
        }

        assertTrue(started.stream().allMatch(one -> one.join().isPresent()));

        threads.shutdown();
        assertEquals(4, most.get());
    }

    @Test
    void workThatFailsGivesItsTurnBack() {
        for (int i = 0; i < 10; i++) {
            assertThrows(
                    IllegalStateException.class,
                    () -> bulkhead.take(() -> {
                        throw new IllegalStateException();
                    }));
        }

        assertTrue(bulkhead.take(() -> "still").isPresent());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
