package io.latchkey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.http.NotCommittedException;
import jakarta.persistence.PessimisticLockException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConflictRetryTest {

    private final List<Duration> pauses = new ArrayList<>();
    private final ConflictRetry retry = new ConflictRetry(pauses::add, () -> 1);
    private int attempts;

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "55P03", "23505"})
    void conflictIsRepeatedUntilItIsOver(String sqlState) {
        assertEquals("made", retry.run(failing(2, conflict(sqlState))));

        assertEquals(3, attempts);
    }

    @Test
    void pausesDoubleFromTwentyMilliseconds() {
        retry.run(failing(3, new PessimisticLockException()));

        assertEquals(List.of(Duration.ofMillis(20), Duration.ofMillis(40), Duration.ofMillis(80)), pauses);
    }

    @Test
    void pauseIsAtLeastHalfOfItsLength() {
        new ConflictRetry(pauses::add, () -> 0).run(failing(1, new PessimisticLockException()));

        assertEquals(List.of(Duration.ofMillis(10)), pauses);
    }

    @Test
    void conflictThatLastsFailsAfterSixAttempts() {
        RuntimeException conflict = conflict("40001");

        assertSame(conflict, assertThrows(RuntimeException.class, () -> retry.run(failing(100, conflict))));

        assertEquals(6, attempts);
        assertEquals(5, pauses.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "53100", "57P01", "42P01", "22001"})
    void otherFailureOfTheDatabaseIsNotRepeated(String sqlState) {
        assertThrows(RuntimeException.class, () -> retry.run(failing(1, conflict(sqlState))));

        assertEquals(1, attempts);
    }

    @Test
    void faultOfTheProgramIsNotRepeated() {
        assertThrows(NullPointerException.class, () -> retry.run(failing(1, new NullPointerException())));

        assertEquals(1, attempts);
    }

    @Test
    void changeThatAnotherProviderHasUndoneIsNotRepeated() {
        assertThrows(NotCommittedException.class, () -> retry.run(failing(1, new NotCommittedException())));

        assertEquals(1, attempts);
    }

    @Test
    void interruptedPauseEndsTheAttemptsAndStaysInterrupted() {
        ConflictRetry interrupted = new ConflictRetry(
                length -> {
                    throw new InterruptedException();
                },
                () -> 1);

        assertThrows(RuntimeException.class, () -> interrupted.run(failing(1, conflict("40001"))));

        assertTrue(Thread.interrupted());
        assertEquals(1, attempts);
    }

    private static RuntimeException conflict(String sqlState) {
        return new IllegalStateException(new SQLException("in the way", sqlState));
    }

    private Supplier<String> failing(int times, RuntimeException failure) {
        return () -> {
            if (++attempts <= times) {
                throw failure;
            }
            return "made";
        };
    }
}
