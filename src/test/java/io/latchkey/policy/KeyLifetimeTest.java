package io.latchkey.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyLifetimeTest {
    private static final KeyLifetime DAY = KeyLifetime.of(Duration.ofDays(1));
    private static final KeyLifetime YEAR = KeyLifetime.of(Duration.ofDays(365));

    @ParameterizedTest
    @CsvSource({
        "never, never",
        "P90D, P90D",
        "PT1H, PT1H",
        "PT60M, PT1H",
        "P1Y, P365D",
        "P1M, P30D",
        "P2W, P14D",
        "PT36H, P1DT12H",
        "P1DT12H, P1DT12H",
        "P1Y2M3D, P428D",
        "' P1D ', P1D",
        "PT1M, PT1M",
        "P100Y, P36500D",
        "PT1S, PT1S"
    })
    void readsAndPrintsOneCanonicalForm(String text, String canonical) {
        KeyLifetime lifetime = KeyLifetime.parse(text).orElseThrow();

        assertEquals(canonical, lifetime.toString());
        assertEquals(Optional.of(lifetime), KeyLifetime.parse(canonical));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "90",
                "90d",
                "P",
                "PT",
                "P0D",
                "PT0S",
                "-P1D",
                "P-1D",
                "PT-1H",
                "P101Y",
                "P36501D",
                "P100YT1S",
                "forever",
                "P99999999999999999999D",
                "P2147483647Y",
                "P2147483648Y",
                "P1D P1D",
                "Never",
                "P1,5D"
            })
    void refusesWhatIsNoLifetime(String text) {
        assertEquals(Optional.empty(), KeyLifetime.parse(text));
    }

    @Test
    void cannotBeMadeWithoutLengthOrTooLong() {
        assertThrows(IllegalArgumentException.class, () -> KeyLifetime.of(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> KeyLifetime.of(Duration.ofDays(36_501)));
    }

    @Test
    void neverIsLongest() {
        assertEquals(YEAR, KeyLifetime.NEVER.shorterOf(YEAR));
        assertEquals(YEAR, YEAR.shorterOf(KeyLifetime.NEVER));
        assertFalse(KeyLifetime.NEVER.isLongerThan(KeyLifetime.NEVER));
    }

    @Test
    void comparesLengths() {
        assertEquals(DAY, DAY.shorterOf(YEAR));
        assertEquals(DAY, YEAR.shorterOf(DAY));
        assertTrue(YEAR.isLongerThan(DAY));
        assertFalse(YEAR.isLongerThan(YEAR));
    }

    @Test
    void endsItsLengthAfterTheStart() {
        Instant start = Instant.parse("2030-01-01T00:00:00Z");

        assertEquals(Optional.of(Instant.parse("2030-01-02T00:00:00Z")), DAY.from(start));
        assertEquals(Optional.empty(), KeyLifetime.NEVER.from(start));
    }
}
