package io.latchkey.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.key.KeyId;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.PendingUsageCount;
import io.latchkey.model.ReservationState;
import io.latchkey.model.TestKeys;
import io.latchkey.model.UsageCounterId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class PaidCallsInBufferTest {

    private static final KeyId KEY = TestKeys.id('1');
    private static final Instant NOON = Instant.parse("2030-01-01T12:30:00Z");

    private final UsageBuffer buffer = new UsageBuffer(2, 2);
    private final List<PendingUsageCount> written = new ArrayList<>();

    @Test
    void callsAndWhatTheyCostAreWrittenByHowTheyEnded() {
        buffer.accepted(KEY, "api", NOON, Optional.empty());
        buffer.settled(KEY, "api", NOON, ReservationState.SETTLED, new CreditAmount(500_000));
        buffer.settled(KEY, "api", NOON.plusSeconds(1), ReservationState.SETTLED, new CreditAmount(1));
        buffer.settled(KEY, "api", NOON, ReservationState.RELEASED, CreditAmount.ZERO);

        flush();

        assertEquals(
                List.of("accepted 1 0", "released 1 0", "settled 2 0.500001"),
                written.stream()
                        .map(count -> count.usageCounterId().outcome() + " " + count.uses() + " " + count.charged())
                        .toList());
        assertTrue(buffer.isEmpty());
    }

    @Test
    void apisAreCountedApart() {
        buffer.settled(KEY, "one", NOON, ReservationState.SETTLED, CreditAmount.of(1));
        buffer.settled(KEY, "two", NOON, ReservationState.SETTLED, CreditAmount.of(2));

        flush();

        assertEquals(
                List.of("one 1", "two 2"),
                written.stream()
                        .map(count -> count.usageCounterId().api() + " " + count.charged())
                        .toList());
    }

    @Test
    void whatCouldNotBeWrittenIsKeptWithItsCredits() {
        buffer.settled(KEY, "api", NOON, ReservationState.SETTLED, CreditAmount.of(1));
        buffer.flush(batch -> batch);
        buffer.settled(KEY, "api", NOON, ReservationState.SETTLED, CreditAmount.of(2));
        assertFalse(buffer.isEmpty());

        flush();

        assertEquals(
                List.of(CreditAmount.of(3)),
                written.stream().map(PendingUsageCount::charged).toList());
        assertEquals(2, written.get(0).uses());
    }

    @Test
    void aFullBufferStillTakesWhatItHasASlotFor() {
        for (String api : List.of("one", "two", "three", "one")) {
            buffer.settled(KEY, api, NOON, ReservationState.SETTLED, CreditAmount.of(1));
        }

        flush();

        assertEquals(
                List.of("one 2", "two 1"),
                written.stream()
                        .map(count -> count.usageCounterId().api() + " " + count.uses())
                        .toList());
    }

    @Test
    void noCreditIsLostOrCountedTwiceWhileOthersWrite() throws Exception {
        UsageBuffer large = new UsageBuffer(100, 100);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        int each = 20_000;
        List<Future<?>> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            threads.add(pool.submit(() -> {
                for (int call = 0; call < each; call++) {
                    large.settled(KEY, "api", NOON, ReservationState.SETTLED, new CreditAmount(7));
                }
            }));
        }
        while (!threads.stream().allMatch(Future::isDone)) {
            flush(large);
        }
        for (Future<?> thread : threads) {
            thread.get();
        }
        pool.shutdown();
        flush(large);

        assertEquals(
                3L * each, written.stream().mapToLong(PendingUsageCount::uses).sum());
        assertEquals(
                21L * each,
                written.stream().mapToLong(count -> count.charged().micros()).sum());
        assertEquals(
                List.of(UsageCounterId.at(KEY, "api", NOON, "settled")),
                written.stream()
                        .map(PendingUsageCount::usageCounterId)
                        .distinct()
                        .toList());
    }

    private void flush() {
        flush(buffer);
    }

    private void flush(UsageBuffer from) {
        from.flush(batch -> {
            written.addAll(batch);
            return List.of();
        });
    }
}
