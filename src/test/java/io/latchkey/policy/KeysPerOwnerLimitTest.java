package io.latchkey.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.model.KeySlotUse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KeysPerOwnerLimitTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final List<KeySlotUse> keys = new ArrayList<>();

    @Test
    void theNewestKeysHaveToWait() {
        keys.addAll(List.of(made("c", 1), made("a", 3), made("b", 2)));

        assertEquals(List.of(), beyond(3));
        assertEquals(List.of("c"), beyond(2));
        assertEquals(List.of("b", "c"), beyond(1));
        assertEquals(List.of("a", "b", "c"), beyond(0));
    }

    @Test
    void keysOfTheSameMomentAreInSomeOrderThatStays() {
        keys.addAll(List.of(made("b", 1), made("a", 1)));

        assertEquals(List.of("b"), beyond(1));
    }

    @Test
    void aKeyAndThoseThatReplacedItTakeOnePlaceAndKeepTheirAge() {
        keys.addAll(List.of(made("a", 3), made("a", 1), made("b", 2)));

        assertEquals(List.of(), beyond(2));
        assertEquals(List.of("b"), beyond(1));
    }

    @Test
    void keysComeBackWhenOlderOnesEnd() {
        keys.addAll(List.of(new KeySlotUse("a", ago(3), NOW.plusSeconds(1)), made("b", 2), made("c", 1)));

        assertTrue(isBeyond(1, "b", 2, NOW));
        assertFalse(isBeyond(1, "b", 2, NOW.plusSeconds(1)));
        assertTrue(isBeyond(1, "c", 1, NOW.plusSeconds(1)));
    }

    @Test
    void aFamilyHasItsPlaceUntilTheLastOfItsKeysEnds() {
        keys.addAll(List.of(new KeySlotUse("a", ago(3), NOW), made("a", 3), made("b", 2)));

        assertTrue(isBeyond(1, "b", 2, NOW));
    }

    @Test
    void aKeyThatIsNotThereYetIsPlacedByItsAge() {
        keys.add(made("a", 3));

        assertFalse(isBeyond(2, "new", 0, NOW));
        assertTrue(isBeyond(1, "new", 0, NOW));
        assertFalse(isBeyond(1, "old", 9, NOW));
    }

    @Test
    void familyWithoutUsableKeyNeedsAFreeSlot() {
        keys.addAll(List.of(made("a", 3), made("b", 2)));

        assertTrue(hasSlotFor("new", 3));
        assertFalse(hasSlotFor("new", 2));
        assertFalse(hasSlotFor("new", 0));
    }

    @Test
    void familyWithUsableKeyKeepsItsSlotWhenNoneIsFree() {
        keys.addAll(List.of(made("a", 3), made("b", 2)));

        assertTrue(hasSlotFor("a", 2));
        assertTrue(hasSlotFor("b", 1));
    }

    @Test
    void endedFamilyFreesItsSlot() {
        keys.addAll(List.of(new KeySlotUse("a", ago(3), NOW), made("b", 2)));

        assertEquals(1, KeysPerOwnerLimit.of(keys).occupiedAt(NOW));
        assertTrue(hasSlotFor("a", 2));
        assertFalse(hasSlotFor("a", 1));
    }

    @Test
    void suspendedFamiliesOccupySlots() {
        keys.addAll(List.of(made("a", 3), made("a", 2), made("b", 2), made("c", 1)));

        assertEquals(List.of("b", "c"), beyond(1));
        assertEquals(3, KeysPerOwnerLimit.of(keys).occupiedAt(NOW));
    }

    /** Whatever a change may do under the rule, no key that works stops working. */
    @Test
    void admittedFamilySuspendsNoOther() {
        keys.addAll(List.of(made("b", 2), made("c", 1)));
        assertTrue(hasSlotFor("a", 3));

        keys.add(made("a", 9));

        assertEquals(List.of(), beyond(3));
    }

    private boolean hasSlotFor(String family, int slots) {
        return KeysPerOwnerLimit.of(keys).hasSlotFor(family, slots, NOW);
    }

    private List<String> beyond(int ceiling) {
        return keys.stream()
                .filter(key -> KeysPerOwnerLimit.of(keys).isBeyond(ceiling, key.family(), key.familySince(), NOW))
                .map(KeySlotUse::family)
                .sorted()
                .toList();
    }

    private boolean isBeyond(int ceiling, String family, int age, Instant moment) {
        return KeysPerOwnerLimit.of(keys).isBeyond(ceiling, family, ago(age), moment);
    }

    private static KeySlotUse made(String family, int age) {
        return new KeySlotUse(family, ago(age), Instant.MAX);
    }

    private static Instant ago(int days) {
        return NOW.minusSeconds(86_400L * days);
    }
}
