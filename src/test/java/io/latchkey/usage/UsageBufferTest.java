package io.latchkey.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.key.KeyId;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.PendingUsageCount;
import io.latchkey.model.TestKeys;
import io.latchkey.model.UsageCounterId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class UsageBufferTest {

    private static final KeyId ONE = TestKeys.id('1');
    private static final KeyId TWO = TestKeys.id('2');
    private static final Instant HOUR = Instant.parse("2030-01-01T12:00:00Z");
    private static final Instant EARLY = HOUR.plusSeconds(1800);
    private static final Instant LATE = EARLY.plusSeconds(1);
    private static final Optional<String> HERE = Optional.of("192.0.2.1");
    private static final Optional<String> THERE = Optional.of("192.0.2.2");

    private final UsageBuffer buffer = new UsageBuffer(3, 3);
    private final Written written = new Written();

    @Test
    void usesOfAKeyInAnHourAreWrittenAsOne() {
        buffer.accepted(ONE, UsageCounterId.NO_API, EARLY, HERE);
        buffer.accepted(ONE, UsageCounterId.NO_API, LATE, THERE);
        buffer.accepted(TWO, UsageCounterId.NO_API, EARLY, Optional.empty());

        buffer.flush(written);

        assertEquals(
                List.of(
                        new PendingUsageCount(accepted(ONE, HOUR), 2, CreditAmount.ZERO, LATE, THERE),
                        new PendingUsageCount(accepted(TWO, HOUR), 1, CreditAmount.ZERO, EARLY, Optional.empty())),
                written.counts);
    }

    @Test
    void aUseThatComesLateOnlyAddsToTheCount() {
        buffer.accepted(ONE, UsageCounterId.NO_API, LATE, THERE);
        buffer.accepted(ONE, UsageCounterId.NO_API, EARLY, HERE);

        buffer.flush(written);

        assertEquals(
                List.of(new PendingUsageCount(accepted(ONE, HOUR), 2, CreditAmount.ZERO, LATE, THERE)), written.counts);
    }

    @Test
    void hoursAreCountedApart() {
        buffer.accepted(ONE, UsageCounterId.NO_API, HOUR, HERE);
        buffer.accepted(ONE, UsageCounterId.NO_API, HOUR.minusMillis(1), HERE);

        buffer.flush(written);

        assertEquals(Map.of(accepted(ONE, HOUR.minusSeconds(3600)), 1L, accepted(ONE, HOUR), 1L), written.sums());
        assertEquals(HOUR, written.counts.get(1).usageCounterId().start());
    }

    @Test
    void reasonsAreCountedApart() {
        buffer.accepted(ONE, UsageCounterId.NO_API, EARLY, HERE);
        buffer.rejected(ONE, UsageCounterId.NO_API, EARLY, "api_key_expired");
        buffer.rejected(ONE, UsageCounterId.NO_API, LATE, "api_key_expired");
        buffer.rejected(ONE, UsageCounterId.NO_API, LATE, "api_key_disabled");

        buffer.flush(written);

        assertEquals(
                Map.of(
                        accepted(ONE, HOUR), 1L,
                        UsageCounterId.at(ONE, UsageCounterId.NO_API, HOUR, "api_key_expired"), 2L,
                        UsageCounterId.at(ONE, UsageCounterId.NO_API, HOUR, "api_key_disabled"), 1L),
                written.sums());
    }

    @Test
    void nothingIsWrittenTwice() {
        buffer.accepted(ONE, UsageCounterId.NO_API, EARLY, HERE);
        buffer.flush(written);

        assertTrue(buffer.isEmpty());
        buffer.flush(written);

        assertEquals(1, written.counts.size());
    }

    @Test
    void everyNodeWritesInTheSameOrderAndSmallBatches() {
        UsageBuffer large = new UsageBuffer(1000, 1000);
        for (int i = 250; i > 0; i--) {
            large.accepted(new KeyId("%012d".formatted(i)), UsageCounterId.NO_API, EARLY, HERE);
        }

        large.flush(written);

        assertEquals(List.of(100, 100, 50), written.batches);
        assertEquals(
                written.counts.stream()
                        .sorted((a, b) -> a.usageCounterId().compareTo(b.usageCounterId()))
                        .toList(),
                written.counts);
    }

    @Test
    void aFailureKeepsEverything() {
        buffer.accepted(ONE, UsageCounterId.NO_API, EARLY, HERE);
        buffer.rejected(ONE, UsageCounterId.NO_API, EARLY, "api_key_expired");

        assertThrows(IllegalStateException.class, () -> buffer.flush(UsageBufferTest::fail));
        buffer.accepted(ONE, UsageCounterId.NO_API, LATE, THERE);
        buffer.flush(written);

        assertEquals(
                List.of(
                        new PendingUsageCount(accepted(ONE, HOUR), 2, CreditAmount.ZERO, LATE, THERE),
                        new PendingUsageCount(
                                UsageCounterId.at(ONE, UsageCounterId.NO_API, HOUR, "api_key_expired"),
                                1,
                                CreditAmount.ZERO,
                                EARLY,
                                Optional.empty())),
                written.counts);
    }

    @Test
    void aBatchThatFailsKeepsNoOtherFromBeingWritten() {
        UsageBuffer large = new UsageBuffer(1000, 1000);
        for (int i = 0; i < 150; i++) {
            large.accepted(new KeyId("%012d".formatted(i)), UsageCounterId.NO_API, EARLY, HERE);
        }

        assertThrows(
                IllegalStateException.class,
                () -> large.flush(batch -> batch.size() == 100 ? fail(batch) : written.apply(batch)));

        assertEquals(List.of(50), written.batches);
        assertFalse(large.isEmpty());
    }

    @Test
    void aDatabaseOutOfReachIsNotAskedForEachBatch() {
        UsageBuffer large = new UsageBuffer(1000, 1000);
        for (int i = 0; i < 1000; i++) {
            large.accepted(new KeyId("%012d".formatted(i)), UsageCounterId.NO_API, EARLY, HERE);
        }
        List<Integer> tries = new ArrayList<>();

        assertThrows(
                IllegalStateException.class,
                () -> large.flush(batch -> {
                    tries.add(batch.size());
                    return fail(batch);
                }));
        large.flush(written);

        assertEquals(List.of(100, 100, 100), tries);
        assertEquals(1000, written.counts.size());
    }

    @Test
    void whatHasToWaitIsWrittenTheNextTime() {
        buffer.accepted(ONE, UsageCounterId.NO_API, EARLY, HERE);
        buffer.accepted(TWO, UsageCounterId.NO_API, EARLY, HERE);

        buffer.flush(batch -> batch.subList(0, 1));
        buffer.flush(written);

        assertEquals(
                List.of(new PendingUsageCount(accepted(ONE, HOUR), 1, CreditAmount.ZERO, EARLY, HERE)), written.counts);
    }

    @Test
    void memoryIsBoundedAndRejectedUsesCrowdOutNoAcceptedOnes() {
        for (int i = 0; i < 100; i++) {
            buffer.rejected(new KeyId("%012d".formatted(i)), UsageCounterId.NO_API, EARLY, "api_key_wrong_secret");
        }
        for (int i = 0; i < 100; i++) {
            buffer.accepted(new KeyId("%012d".formatted(i)), UsageCounterId.NO_API, EARLY, HERE);
        }
        buffer.accepted(new KeyId("%012d".formatted(0)), UsageCounterId.NO_API, LATE, HERE);

        buffer.flush(written);

        assertEquals(6, written.counts.size());
        assertEquals(2L, written.sums().get(accepted(new KeyId("%012d".formatted(0)), HOUR)));
    }

    @Test
    void noUseIsLostOrCountedTwiceWhileItIsWritten() throws Exception {
        // Room enough: how many usageKeys there are is known roughly while others come and go.
        UsageBuffer large = new UsageBuffer(1000, 1000);
        int threads = 8;
        int each = 20_000;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            running.add(pool.submit(() -> {
                start.await();
                for (int use = 0; use < each; use++) {
                    large.accepted(use % 2 == 0 ? ONE : TWO, UsageCounterId.NO_API, EARLY.plusMillis(use), HERE);
                }
                return null;
            }));
        }
        start.countDown();
        for (boolean fails = false; running.stream().anyMatch(future -> !future.isDone()); fails = !fails) {
            if (fails) {
                assertThrowsOrNothing(large);
            } else {
                large.flush(written);
            }
        }
        for (Future<?> future : running) {
            future.get();
        }
        pool.shutdown();
        large.flush(written);

        long expected = (long) threads * each / 2;
        assertEquals(Map.of(accepted(ONE, HOUR), expected, accepted(TWO, HOUR), expected), written.sums());
        assertEquals(EARLY.plusMillis(each - 2), written.last(ONE));
        assertEquals(EARLY.plusMillis(each - 1), written.last(TWO));
    }

    private void assertThrowsOrNothing(UsageBuffer large) {
        try {
            large.flush(UsageBufferTest::fail);
        } catch (IllegalStateException expected) {
            assertEquals("no database", expected.getMessage());
        }
    }

    private static List<PendingUsageCount> fail(List<PendingUsageCount> batch) {
        throw new IllegalStateException("no database");
    }

    private static UsageCounterId accepted(KeyId key, Instant moment) {
        return UsageCounterId.at(key, UsageCounterId.NO_API, moment, UsageCounterId.ACCEPTED);
    }

    /** Writes everything at once. */
    private static final class Written implements UnaryOperator<List<PendingUsageCount>> {

        private final List<PendingUsageCount> counts = new ArrayList<>();
        private final List<Integer> batches = new ArrayList<>();

        @Override
        public List<PendingUsageCount> apply(List<PendingUsageCount> batch) {
            counts.addAll(batch);
            batches.add(batch.size());
            return List.of();
        }

        private Map<UsageCounterId, Long> sums() {
            Map<UsageCounterId, Long> sums = new TreeMap<>();
            counts.forEach(count -> sums.merge(count.usageCounterId(), count.uses(), Long::sum));
            return sums;
        }

        private Instant last(KeyId key) {
            return counts.stream()
                    .filter(count -> count.usageCounterId().key().equals(key))
                    .map(PendingUsageCount::last)
                    .max(Instant::compareTo)
                    .orElseThrow();
        }
    }
}
