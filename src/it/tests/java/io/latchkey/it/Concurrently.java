package io.latchkey.it;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Does the same work many times, all of it at the same time. */
public final class Concurrently {

    private Concurrently() {}

    /** The results, in order. */
    public static <T> List<T> run(int times, IntFunction<T> work) {
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            List<CompletableFuture<T>> started = IntStream.range(0, times)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> work.apply(i), threads))
                    .toList();
            return started.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdown();
        }
    }
}
