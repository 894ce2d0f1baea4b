package io.latchkey.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.ws.rs.WebApplicationException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class OutageTest {

    private static final RuntimeException STOPPED = new IllegalStateException(new SQLException("stopped", "57P01"));
    private static final RuntimeException IN_THE_WAY = new IllegalStateException(new SQLException("locked", "55P03"));
    private static final RuntimeException FAULT = new IllegalArgumentException("fault");

    @Test
    void unreachableDatabaseIsUnavailable() {
        assertEquals(Optional.of(Problem.unavailable()), Outage.problem(STOPPED));
    }

    @Test
    void requestWithoutAThreadIsUnavailable() {
        assertEquals(Optional.of(Problem.unavailable()), Outage.problem(new RejectedExecutionException()));
    }

    @Test
    void conflictThatLastsIsBusy() {
        assertEquals(Optional.of(Problem.busy()), Outage.problem(IN_THE_WAY));
    }

    @Test
    void faultOfTheProgramHasNoAnswerHere() {
        assertEquals(Optional.empty(), Outage.problem(FAULT));
        assertEquals(Optional.empty(), Outage.answer(FAULT));
    }

    @Test
    void guardedFailureOfTheDatabaseIs503WithRetryAfter() {
        WebApplicationException thrown =
                assertThrows(WebApplicationException.class, () -> Outage.guard(failing(STOPPED)));

        assertEquals(503, thrown.getResponse().getStatus());
        assertEquals("5", thrown.getResponse().getHeaderString("Retry-After"));
    }

    @Test
    void guardedFaultOfTheProgramIsThrownAsItIs() {
        assertSame(FAULT, assertThrows(RuntimeException.class, () -> Outage.guard(failing(FAULT))));
    }

    @Test
    void guardedAnswerIsThrownAsItIs() {
        WebApplicationException answer = new WebApplicationException(400);

        assertSame(answer, assertThrows(RuntimeException.class, () -> Outage.guard(failing(answer))));
    }

    @Test
    void guardedFailureThatKeycloakHasWrappedKeepsItsAnswer() {
        WebApplicationException guarded =
                assertThrows(WebApplicationException.class, () -> Outage.guard(failing(STOPPED)));

        assertSame(
                guarded.getResponse(),
                Outage.answer(new IllegalStateException("introspection failed", guarded))
                        .orElseThrow());
    }

    private static Supplier<String> failing(RuntimeException failure) {
        return () -> {
            throw failure;
        };
    }
}
