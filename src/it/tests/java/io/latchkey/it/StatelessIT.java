package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Keycloak's feature {@code stateless}: no cache of users or sessions, and one of realms that ages. */
class StatelessIT extends KeyLifecycleScenario {

    @Override
    List<String> options() {
        return List.of("--features=stateless");
    }

    @Override
    void assertStarted(JsonNode info) {
        assertTrue(info.at("/providers/realmCache/providers").has("default"), info::toString);
        assertFalse(info.at("/providers/userCache/providers").has("default"), info::toString);
        for (JsonNode feature : info.path("features")) {
            if (feature.path("name").asText().equals("STATELESS")) {
                assertTrue(feature.path("enabled").asBoolean());
                return;
            }
        }
        throw new AssertionError("This Keycloak has no such feature");
    }
}
