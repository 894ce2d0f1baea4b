package io.latchkey.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class KeysPerOwnerLimitMaximumTest {
    private static final Map<String, String> REALM = Map.of("latchkey.max-keys", "2");
    private static final Map<String, String> PLAN = Map.of("latchkey.max-keys", "5");

    @Test
    void theMostGenerousOfRealmAndPlansCounts() {
        assertEquals(OptionalInt.of(2), maximum(REALM));
        assertEquals(OptionalInt.of(5), maximum(REALM, PLAN, Map.of("latchkey.max-keys", "3")));
        assertEquals(OptionalInt.of(2), maximum(REALM, Map.of("latchkey.max-keys", "1")));
        assertEquals(OptionalInt.of(0), maximum(Map.of("latchkey.max-keys", "0")));
    }

    @Test
    void aRealmThatLostTheAttributeSuspendsNothing() {
        assertEquals(OptionalInt.empty(), maximum(Map.of()));
        assertEquals(OptionalInt.empty(), maximum(Map.of("latchkey.max-keys", " "), PLAN));
    }

    @Test
    void aSlipOfThePenSuspendsNothing() {
        assertEquals(OptionalInt.empty(), maximum(Map.of("latchkey.max-keys", "2O"), PLAN));
        assertEquals(OptionalInt.empty(), maximum(REALM, Map.of("latchkey.max-keys", "five")));
    }

    @SafeVarargs
    private static OptionalInt maximum(Map<String, String> realm, Map<String, String>... plans) {
        return KeysPerOwnerLimit.maximum(realm::get, List.of(plans));
    }
}
