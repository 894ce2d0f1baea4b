package io.latchkey.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreditAmountTest {

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
        CreditAmount credits = CreditAmount.parse(text).orElseThrow();

        assertEquals(micros, credits.micros());
        assertEquals(0, new BigDecimal(text).compareTo(new BigDecimal(credits.toString())));
        assertTrue(!credits.toString().contains("E"), credits::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-1", "+1", "1.", ".5", "1e3", "0.0000001", "1000000000000.000001", "9999999999999", "٣"})
    void refusesWhatIsNoAmount(String text) {
        assertEquals(Optional.empty(), CreditAmount.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e-2147483647", "1e-7", "-1", "1e2147483647", "1000000000001"})
    void refusesNumbersThatCannotBeHeld(String number) {
        assertEquals(Optional.empty(), CreditAmount.of(new BigDecimal(number)));
    }

    @Test
    void takesNumbersHoweverTheyAreWritten() {
        assertEquals(Optional.of(CreditAmount.of(1000)), CreditAmount.of(new BigDecimal("1e3")));
        assertEquals(Optional.of(CreditAmount.of(1)), CreditAmount.of(new BigDecimal("1.0000000000")));
        assertEquals(Optional.of(CreditAmount.ZERO), CreditAmount.of(new BigDecimal("0e-99")));
        assertThrows(IllegalArgumentException.class, () -> new CreditAmount(-1));
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
}
