package io.latchkey.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class InstantTextTest {

    private static final Instant FIRST = Instant.parse("2030-01-01T00:00:00Z");

    @Test
    void theEndOfAPeriodIsNotPrintedAnewForEveryAnswer() {
        String end = InstantText.of(FIRST);
        InstantText.of(FIRST.minusSeconds(3).plusMillis(1));

        assertSame(end, InstantText.of(FIRST));
    }

    @Test
    void everyMomentHasItsOwnTextHoweverManyAreSaid() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 2000; i++) {
                said(FIRST.plusMillis(i));
                said(FIRST.plusSeconds(i));
            }
        }
    }

    @Test
    void momentsThatNoClockHereTellsAreSaidAsWell() {
        Stream.of(
                        "2030-01-01T00:00:00.000001Z",
                        "2030-01-01T00:00:00.123456789Z",
                        "1969-12-31T23:59:59.999Z",
                        "-0001-01-01T00:00:00.010Z",
                        "+10000-01-01T00:00:00.100Z")
                .map(Instant::parse)
                .forEach(InstantTextTest::said);
        said(Instant.MIN);
        said(Instant.MAX);
    }

    private static void said(Instant moment) {
        assertEquals(moment.toString(), InstantText.of(moment));
    }
}
