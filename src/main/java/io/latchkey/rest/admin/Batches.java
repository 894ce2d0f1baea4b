package io.latchkey.rest.admin;

import java.util.List;
import java.util.stream.IntStream;

/** Splits a list into batches of at most 100; callers run each batch in its own transaction. */
final class Batches {

    static final int SIZE = 100;

    private Batches() {}

    /** The elements in their order, in lists of at most {@value #SIZE}. */
    static <T> List<List<T>> of(List<T> all) {
        return IntStream.range(0, (all.size() + SIZE - 1) / SIZE)
                .mapToObj(i -> all.subList(i * SIZE, Math.min(all.size(), (i + 1) * SIZE)))
                .toList();
    }
}
