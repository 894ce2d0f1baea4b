package io.latchkey.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class KeyQuotaMaximumTest {
    private static final Map<String, String> REALM = Map.of("latchkey.max-keys", "2");
    private static final Map<String, String> PLAN = Map.of("latchkey.max-keys", "5");

    @Test
    void theMostGenerousOfRealmAndPlansCounts() {
        assertEquals(OptionalInt.of(2), ceiling(REALM));
        assertEquals(OptionalInt.of(5), ceiling(REALM, PLAN, Map.of("latchkey.max-keys", "3")));
        assertEquals(OptionalInt.of(2), ceiling(REALM, Map.of("latchkey.max-keys", "1")));
        assertEquals(OptionalInt.of(0), ceiling(Map.of("latchkey.max-keys", "0")));
    }

    @Test
    void aRealmThatLostTheAttributeSuspendsNothing() {
        assertEquals(OptionalInt.empty(), ceiling(Map.of()));
        assertEquals(OptionalInt.empty(), ceiling(Map.of("latchkey.max-keys", " "), PLAN));
    }

    @Test
    void aSlipOfThePenSuspendsNothing() {
        assertEquals(OptionalInt.empty(), ceiling(Map.of("latchkey.max-keys", "2O"), PLAN));
        assertEquals(OptionalInt.empty(), ceiling(REALM, Map.of("latchkey.max-keys", "five")));
    }

    @SafeVarargs
    private static OptionalInt ceiling(Map<String, String> realm, Map<String, String>... plans) {
        return KeyQuotaMaximum.of(realm::get, List.of(plans));
    }
}
