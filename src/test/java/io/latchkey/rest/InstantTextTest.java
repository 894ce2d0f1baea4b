package io.latchkey.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class InstantTextTest {

    @Test
    void millisecondsOfOneSecondDoNotDriveOutEachOther() {
        Instant first = Instant.parse("2030-01-01T00:00:00Z");

        List<String> once = texts(first);
        List<String> again = texts(first);

        IntStream.range(0, 64).forEach(i -> assertSame(once.get(i), again.get(i)));
    }

    private static List<String> texts(Instant first) {
        return IntStream.range(0, 64)
                .mapToObj(first::plusMillis)
                .map(InstantText::of)
                .toList();
    }

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
