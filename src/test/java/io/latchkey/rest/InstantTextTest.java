package io.latchkey.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class InstantTextTest {

    @Test
    void everyMomentHasItsOwnTextHoweverManyAreSaid() {
        Instant first = Instant.parse("2030-01-01T00:00:00Z");

        for (int round = 0; round < 2; round++) {
            for (int millis = 0; millis < 1000; millis++) {
                Instant moment = first.plusMillis(millis);
                assertEquals(moment.toString(), InstantText.of(moment));
            }
        }
    }
}
