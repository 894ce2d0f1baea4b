package io.latchkey.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.key.KeyHasher.Match;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyHasherTest {

    private static final KeyVectors VECTORS = KeyVectors.read();
    private static final PlaintextKey SECRET = VECTORS.valid().get(0).parsed().secret();
    private static final PlaintextKey OTHER = VECTORS.valid().get(1).parsed().secret();

    private final KeyHasher plain = new KeyHasher(Peppers.none());
    private final KeyHasher first = new KeyHasher(VECTORS.peppersUpTo(1));
    private final KeyHasher second = new KeyHasher(VECTORS.peppersUpTo(2));

    @Test
    void newestPepperMatches() {
        assertEquals(Match.YES, plain.match(SECRET, plain.hash(SECRET)));
        assertEquals(Match.YES, second.match(SECRET, second.hash(SECRET)));
    }

    @Test
    void anOlderPepperAndNoneAreStale() {
        assertEquals(Match.STALE, second.match(SECRET, first.hash(SECRET)));
        assertEquals(Match.STALE, second.match(SECRET, plain.hash(SECRET)));
    }

    @Test
    void anotherKeyDoesNotMatchWhateverThePepper() {
        assertEquals(Match.NO, plain.match(OTHER, plain.hash(SECRET)));
        assertEquals(Match.NO, second.match(OTHER, second.hash(SECRET)));
        assertEquals(Match.NO, second.match(OTHER, first.hash(SECRET)));
        assertEquals(Match.NO, second.match(OTHER, plain.hash(SECRET)));
    }

    @Test
    void oneWrongDigitDoesNotMatch() {
        String hex = second.hash(SECRET).hex();

        for (int i = 0; i < hex.length(); i++) {
            String wrong = hex.substring(0, i) + (hex.charAt(i) == '0' ? '1' : '0') + hex.substring(i + 1);
            assertEquals(Match.NO, second.match(SECRET, new KeyHash(2, wrong)));
        }
    }

    @Test
    void theVersionSaysWhichPepperAndIsNotTried() {
        assertEquals(
                Match.NO, second.match(SECRET, new KeyHash(2, first.hash(SECRET).hex())));
        assertEquals(
                Match.NO, second.match(SECRET, new KeyHash(0, first.hash(SECRET).hex())));
    }

    @Test
    void aLostPepperMatchesNothing() {
        assertEquals(Match.NO, first.match(SECRET, second.hash(SECRET)));
        assertEquals(Match.NO, plain.match(SECRET, second.hash(SECRET)));
    }

    @Test
    void knowsPlainAndEveryPepper() {
        assertTrue(plain.knows(0));
        assertFalse(plain.knows(1));
        assertTrue(second.knows(0));
        assertTrue(second.knows(1));
        assertTrue(second.knows(2));
        assertFalse(second.knows(3));
    }

    @Test
    void nothingNeverMatches() {
        assertEquals(Match.NO, plain.matchNothing(SECRET));
        assertEquals(Match.NO, second.matchNothing(SECRET));
    }

    @Test
    void threadsDoNotDisturbEachOther() {
        KeyHash expected = second.hash(SECRET);

        boolean allAlike = IntStream.range(0, 20_000)
                .parallel()
                .allMatch(i -> second.hash(SECRET).equals(expected) && second.match(OTHER, expected) == Match.NO);

        assertTrue(allAlike);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "00", "g", "A"})
    void aHashHasSixtyFourLowerCaseHexDigits(String end) {
        String hex = "0".repeat(63);

        assertEquals("0".equals(end), isHash(hex + end));
    }

    @Test
    void aHashHasNoNegativeVersion() {
        String hex = "0".repeat(64);

        assertThrows(IllegalArgumentException.class, () -> new KeyHash(-1, hex));
    }

    private static boolean isHash(String hex) {
        try {
            return new KeyHash(0, hex).hex().equals(hex);
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }
}
