package io.latchkey.credits.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeaseSizingTest {

    private static final long COST = 10;

    private final LeaseSizing size = new LeaseSizing();
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private long spent;

    @Test
    void whatIsUsedUpSoonIsTwiceAsMuchTheNextTime() {
        assertEquals(100, next(0));
        assertEquals(200, next(90));
        assertEquals(400, next(150));
    }

    @Test
    void askingAgainForWhatWasNotUsedUpIsNoReasonForMore() {
        next(0);
        next(100);

        for (int i = 0; i < 100; i++) {
            pass(Duration.ofMillis(200));
            assertTrue(next(1) <= 200, "grows although nothing is used up: " + size.current());
        }
    }

    @Test
    void whatLastsLongIsHalfAsMuch() {
        next(0);
        next(100);
        next(200);
        pass(Duration.ofSeconds(5));
        assertEquals(200, next(100));

        // However often somebody asks meanwhile.
        for (int i = 0; i < 30; i++) {
            pass(Duration.ofMillis(200));
            next(1);
        }
        assertEquals(100, size.current());
    }

    @Test
    void whatLastsSomeSecondsIsRight() {
        next(0);
        next(100);
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofSeconds(2));
            assertEquals(200, next(180));
        }
    }

    private long next(long used) {
        spent += used;
        return size.next(COST, spent, now);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
