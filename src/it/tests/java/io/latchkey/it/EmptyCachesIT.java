package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Keycloak caches as ever, and we remember nothing beside it. */
class EmptyCachesIT extends KeyLifecycleScenario {

    @Override
    List<String> options() {
        return List.of("--spi-latchkey--default--cache-max-age=PT0S");
    }

    @Override
    void assertStarted(JsonNode info) {
        assertTrue(info.at("/providers/realmCache/providers").has("default"), info::toString);
        assertTrue(info.at("/providers/userCache/providers").has("default"), info::toString);
    }
}
