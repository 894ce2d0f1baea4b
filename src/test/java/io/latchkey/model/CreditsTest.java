package io.latchkey.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.credits.ledger.CreditPeriod;
import io.latchkey.credits.ledger.ReservationId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreditsTest {

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "0.5,500000",
        "10000,10000000000",
        "0.000001,1",
        "1.50,1500000",
        "1000000000000,1000000000000000000"
    })
    void readsAndWritesExactly(String text, long micros) {
        Credits credits = Credits.parse(text).orElseThrow();

        assertEquals(micros, credits.micros());
        assertEquals(0, new BigDecimal(text).compareTo(new BigDecimal(credits.toString())));
        assertTrue(!credits.toString().contains("E"), credits::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-1", "+1", "1.", ".5", "1e3", "0.0000001", "1000000000000.000001", "9999999999999", "٣"})
    void refusesWhatIsNoAmount(String text) {
        assertEquals(Optional.empty(), Credits.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e-2147483647", "1e-7", "-1", "1e2147483647", "1000000000001"})
    void refusesNumbersThatCannotBeHeld(String number) {
        assertEquals(Optional.empty(), Credits.of(new BigDecimal(number)));
    }

    @Test
    void takesNumbersHoweverTheyAreWritten() {
        assertEquals(Optional.of(Credits.of(1000)), Credits.of(new BigDecimal("1e3")));
        assertEquals(Optional.of(Credits.of(1)), Credits.of(new BigDecimal("1.0000000000")));
        assertEquals(Optional.of(Credits.ZERO), Credits.of(new BigDecimal("0e-99")));
        assertThrows(IllegalArgumentException.class, () -> new Credits(-1));
    }

    @Test
    void theMostGenerousAllowanceIsTheOneThatGivesMostInAMonth() {
        List<Allowance> ordered = List.of(
                allowance("0/none"),
                allowance("99/none"),
                allowance("100/none"),
                allowance("100/month"),
                allowance("10/day"),
                allowance("300/month"),
                allowance("301/none"));

        assertEquals(
                List.of("0/none", "99/none", "100/none", "100/month", "300/month", "10/day", "301/none"),
                ordered.stream()
                        .sorted(Allowance.BY_GENEROSITY)
                        .map(Allowance::toString)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"100", "100/", "/day", "100/week", "100/day/month", "-1/day", "many/day"})
    void refusesWhatIsNoAllowance(String text) {
        assertEquals(Optional.empty(), Allowance.parse(text));
    }

    private static Allowance allowance(String text) {
        return Allowance.parse(text).orElseThrow();
    }

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

    @Test
    void aReservationIsFoundByItsName() {
        ReservationId id =
                ReservationId.next(ReservationId.newNode(), UUID.randomUUID().toString(), Credits.of(3));

        assertEquals(64, id.toString().length());
        assertEquals(Optional.of(id), ReservationId.parse(id.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "!!!!", "AAAA"})
    void whatIsNoNameOfAReservationIsNone(String text) {
        assertEquals(Optional.empty(), ReservationId.parse(text));
        assertEquals(Optional.empty(), ReservationId.parse(text.repeat(16)).filter(id -> text.startsWith("!")));
    }
}
