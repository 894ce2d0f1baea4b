package io.latchkey.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PlanDocumentTest {

    @Test
    void saysWhatThePlanWidens() {
        ObjectNode plan =
                PlanDocument.write("pro", Map.of("latchkey.max-keys", "50", "latchkey.max-lifetime", "never"));

        assertEquals("pro", plan.path("role").asText());
        assertEquals(50, plan.path("maxKeys").asInt());
        assertEquals("never", plan.path("maxLifetime").asText());
        assertTrue(plan.path("defaultLifetime").isNull());
        assertEquals("[]", plan.path("faults").toString());
    }

    @Test
    void namesWrongValuesWithoutRepeatingThem() {
        ObjectNode plan = PlanDocument.write("pro", Map.of("latchkey.max-keys", "plenty"));

        assertTrue(plan.path("maxKeys").isNull());
        assertEquals(List.of("latchkey.max-keys"), plan.path("faults").findValuesAsText("attribute"));
        assertEquals(
                "must be a whole number from 0 to 10000; does not count",
                plan.at("/faults/0/detail").asText());
    }

    @Test
    void namesWhatNoPlanCanChange() {
        ObjectNode plan = PlanDocument.write("pro", Map.of("latchkey.session", "online", "latchkey.tier", "gold"));

        assertEquals(
                List.of("latchkey.session", "latchkey.tier"),
                plan.path("faults").findValuesAsText("attribute"));
        assertEquals(
                List.of("has no effect on a role", "has no effect on a role"),
                plan.path("faults").findValuesAsText("detail"));
    }
}
