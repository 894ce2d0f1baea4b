package io.latchkey.credits.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.model.RefillInterval;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreditPeriodTest {

    @ParameterizedTest
    @CsvSource({
        "DAY,UTC,2026-11-21T23:59:59Z,2026-11-21,2026-11-22T00:00:00Z",
        "DAY,Europe/Berlin,2026-11-21T23:59:59Z,2026-11-22,2026-11-22T23:00:00Z",
        // 25 hours long.
        "DAY,Europe/Berlin,2026-10-25T12:00:00Z,2026-10-25,2026-10-25T23:00:00Z",
        "MONTH,UTC,2028-02-29T00:00:00Z,2028-02,2028-03-01T00:00:00Z",
        "MONTH,Pacific/Auckland,2026-12-31T12:00:00Z,2027-01,2027-01-31T11:00:00Z"
    })
    void periodsAreThoseOfTheTimeZone(
            RefillInterval refillInterval, ZoneId zone, Instant moment, String label, Instant end) {
        CreditPeriod period = CreditPeriod.of(refillInterval, zone, moment);

        assertEquals(new CreditPeriod(label, Optional.of(end)), period);
        assertTrue(period.isOverAt(end) && !period.isOverAt(end.minusMillis(1)));
    }

    @Test
    void whatNeverRefillsNeverEnds() {
        CreditPeriod period =
                CreditPeriod.of(RefillInterval.NONE, ZoneOffset.UTC, Instant.MAX.minusSeconds(1_000_000_000));

        assertEquals(CreditPeriod.ALL_TIME, period);
        assertTrue(!period.isOverAt(Instant.MAX));
    }
}
