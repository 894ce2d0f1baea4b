package io.latchkey.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.events.RefusalEventBuffer;
import io.latchkey.fakes.MovingClock;
import io.latchkey.ratelimit.FailedKeyLimiter;
import io.latchkey.usage.UsageBuffer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ThrottledRejectionEventsTest {

    private final MovingClock clock = new MovingClock();
    private final ThrottledRejectionEvents failures = new ThrottledRejectionEvents(
            clock, new UsageBuffer(), new RefusalEventBuffer(), new FailedKeyLimiter(Optional.empty()));

    @Test
    void tenAMinuteAreWrittenForOneSubject() {
        assertEquals(ThrottledRejectionEvents.PER_MINUTE, written("realm", "unknown", 1000));
        assertEquals(10, ThrottledRejectionEvents.PER_MINUTE);
    }

    @Test
    void theNextMinuteBeginsAfresh() {
        written("realm", "unknown", 1000);

        clock.advance(Duration.ofSeconds(59));
        assertFalse(failures.isWritten("realm", "unknown"));
        clock.advance(Duration.ofSeconds(1));
        assertTrue(failures.isWritten("realm", "unknown"));
    }

    @Test
    void keysAndRealmsAreCountedApart() {
        written("realm", "one", 1000);

        assertEquals(ThrottledRejectionEvents.PER_MINUTE, written("realm", "two", 1000));
        assertEquals(ThrottledRejectionEvents.PER_MINUTE, written("other", "one", 1000));
    }

    @Test
    void aSubjectIsForgottenAfterItsMinute() {
        written("realm", "one", 1);
        clock.advance(Duration.ofSeconds(59));
        written("realm", "two", 1);
        assertEquals(2, failures.subjects());

        clock.advance(Duration.ofSeconds(1));
        assertEquals(1, failures.subjects());
    }

    @Test
    void onlySoManySubjectsAreCounted() {
        for (int i = 0; i < 20_000; i++) {
            failures.isWritten("realm", "subject " + i);
        }

        assertEquals(10_000, failures.subjects());
    }

    private int written(String realm, String subject, int attempts) {
        int written = 0;
        for (int i = 0; i < attempts; i++) {
            written += failures.isWritten(realm, subject) ? 1 : 0;
        }
        return written;
    }
}
