package io.latchkey.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.latchkey.keycloak.CheckFailedException;
import jakarta.ws.rs.WebApplicationException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class UnavailabilityTest {

    private static final RuntimeException STOPPED = new IllegalStateException(new SQLException("stopped", "57P01"));
    private static final RuntimeException IN_THE_WAY = new IllegalStateException(new SQLException("locked", "55P03"));
    private static final RuntimeException FAULT = new IllegalArgumentException("fault");

    @Test
    void unreachableDatabaseIsUnavailable() {
        assertEquals(Optional.of(ProblemType.UNAVAILABLE.problem()), Unavailability.problem(STOPPED));
    }

    @Test
    void requestWithoutAThreadIsUnavailable() {
        assertEquals(
                Optional.of(ProblemType.UNAVAILABLE.problem()),
                Unavailability.problem(new RejectedExecutionException()));
    }

    @Test
    void checkThatFailedIsUnavailable() {
        CheckFailedException failed = new CheckFailedException("A client could not be authenticated", FAULT);

        assertEquals(Optional.of(ProblemType.UNAVAILABLE.problem()), Unavailability.problem(failed));
    }

    @Test
    void conflictThatLastsIsBusy() {
        assertEquals(Optional.of(ProblemType.BUSY.problem()), Unavailability.problem(IN_THE_WAY));
    }

    @Test
    void faultOfTheProgramHasNoAnswerHere() {
        assertEquals(Optional.empty(), Unavailability.problem(FAULT));
        assertEquals(Optional.empty(), Unavailability.answer(FAULT));
    }

    @Test
    void guardedFailureOfTheDatabaseIs503WithRetryAfter() {
        WebApplicationException thrown =
                assertThrows(WebApplicationException.class, () -> Unavailability.guard(failing(STOPPED)));

        assertEquals(503, thrown.getResponse().getStatus());
        assertEquals("5", thrown.getResponse().getHeaderString("Retry-After"));
    }

    @Test
    void guardedFaultOfTheProgramIsThrownAsItIs() {
        assertSame(FAULT, assertThrows(RuntimeException.class, () -> Unavailability.guard(failing(FAULT))));
    }

    @Test
    void guardedAnswerIsThrownAsItIs() {
        WebApplicationException answer = new WebApplicationException(400);

        assertSame(answer, assertThrows(RuntimeException.class, () -> Unavailability.guard(failing(answer))));
    }

    @Test
    void guardedFailureThatKeycloakHasWrappedKeepsItsAnswer() {
        WebApplicationException guarded =
                assertThrows(WebApplicationException.class, () -> Unavailability.guard(failing(STOPPED)));

        assertSame(
                guarded.getResponse(),
                Unavailability.answer(new IllegalStateException("introspection failed", guarded))
                        .orElseThrow());
    }

    private static Supplier<String> failing(RuntimeException failure) {
        return () -> {
            throw failure;
        };
    }
}
