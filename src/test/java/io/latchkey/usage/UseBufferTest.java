package io.latchkey.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.key.KeyHash;
import io.latchkey.key.KeyId;
import io.latchkey.model.ApiKeyStore;
import io.latchkey.model.LastUse;
import io.latchkey.model.TestKeys;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class UseBufferTest {

    private static final KeyId ONE = TestKeys.id('1');
    private static final KeyId TWO = TestKeys.id('2');
    private static final Instant EARLY = Instant.parse("2030-01-01T00:00:00Z");
    private static final Instant LATE = EARLY.plusSeconds(1);
    private static final KeyHash NEWEST = new KeyHash(2, "2".repeat(64));

    private final UseBuffer buffer = new UseBuffer();
    private final Recorded recorded = new Recorded();

    @Test
    void usesOfAKeyAreWrittenAsOne() {
        buffer.used(ONE, EARLY, Optional.of("192.0.2.1"));
        buffer.used(ONE, LATE, Optional.of("192.0.2.2"));
        buffer.used(TWO, EARLY, Optional.empty());

        buffer.flush(recorded);

        assertEquals(
                Map.of(
                        ONE, new LastUse(LATE, Optional.of("192.0.2.2"), 2),
                        TWO, new LastUse(EARLY, Optional.empty(), 1)),
                recorded.uses);
    }

    @Test
    void aUseThatComesLateOnlyAddsToTheCount() {
        buffer.used(ONE, LATE, Optional.of("192.0.2.2"));
        buffer.used(ONE, EARLY, Optional.of("192.0.2.1"));

        buffer.flush(recorded);

        assertEquals(Map.of(ONE, new LastUse(LATE, Optional.of("192.0.2.2"), 2)), recorded.uses);
    }

    @Test
    void nothingIsWrittenTwice() {
        buffer.used(ONE, EARLY, Optional.empty());
        buffer.flush(recorded);

        assertTrue(buffer.isEmpty());
        buffer.flush(recorded);

        assertEquals(1, recorded.transactions);
        assertEquals(1, recorded.uses.get(ONE).uses());
    }

    @Test
    void aHashIsWrittenWithTheVersionItReplaces() {
        buffer.rehash(TestKeys.active(), NEWEST);
        assertFalse(buffer.isEmpty());

        buffer.flush(recorded);

        assertEquals(List.of("a".repeat(12) + " from 1 to 2"), recorded.hashes);
    }

    @Test
    void aFailureKeepsEverything() {
        buffer.used(ONE, EARLY, Optional.empty());
        buffer.rehash(TestKeys.active(), NEWEST);

        assertThrows(
                IllegalStateException.class,
                () -> buffer.flush(work -> {
                    throw new IllegalStateException("no database");
                }));
        buffer.used(ONE, LATE, Optional.empty());
        buffer.flush(recorded);

        assertEquals(Map.of(ONE, new LastUse(LATE, Optional.empty(), 2)), recorded.uses);
        assertEquals(1, recorded.hashes.size());
    }

    @Test
    void noUseIsLostOrCountedTwiceWhileItIsWritten() throws Exception {
        int threads = 8;
        int each = 20_000;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            running.add(pool.submit(() -> {
                start.await();
                for (int use = 0; use < each; use++) {
                    buffer.used(use % 2 == 0 ? ONE : TWO, EARLY, Optional.empty());
                }
                return null;
            }));
        }
        start.countDown();
        while (running.stream().anyMatch(future -> !future.isDone())) {
            buffer.flush(recorded);
        }
        for (Future<?> future : running) {
            future.get();
        }
        pool.shutdown();
        buffer.flush(recorded);

        assertEquals(threads * each / 2, recorded.uses.get(ONE).uses());
        assertEquals(threads * each / 2, recorded.uses.get(TWO).uses());
    }

    /** A store that takes what a buffer writes, and nothing else, in transactions that always succeed. */
    private static final class Recorded implements Consumer<Consumer<ApiKeyStore>> {

        private final Map<KeyId, LastUse> uses = new HashMap<>();
        private final List<String> hashes = new ArrayList<>();
        private int transactions;

        @Override
        public void accept(Consumer<ApiKeyStore> work) {
            transactions++;
            work.accept((ApiKeyStore) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {ApiKeyStore.class}, (proxy, method, arguments) -> {
                        switch (method.getName()) {
                            case "recordUses" -> add((Map<?, ?>) arguments[0]);
                            case "rehash" ->
                                hashes.add(arguments[0] + " from " + arguments[1] + " to "
                                        + ((KeyHash) arguments[2]).pepperVersion());
                            default -> throw new UnsupportedOperationException(method.getName());
                        }
                        return null;
                    }));
        }

        private void add(Map<?, ?> written) {
            written.forEach((id, use) -> {
                LastUse later = (LastUse) use;
                long before = uses.containsKey(id) ? uses.get(id).uses() : 0;
                uses.put((KeyId) id, new LastUse(later.at(), later.address(), before + later.uses()));
            });
        }
    }
}
