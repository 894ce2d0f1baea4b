package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Neither users nor realms are cached. */
class WithoutCachesIT extends KeyLifecycleScenario {

    @Override
    List<String> options() {
        return List.of(
                "--spi-user-cache--default--enabled=false",
                "--spi-realm-cache--default--enabled=false",
                // Keycloak 26.7 fails without: it asks the realm cache.
                "--spi-identity-provider-storage--infinispan--enabled=false");
    }

    @Override
    void assertStarted(JsonNode info) {
        assertFalse(info.at("/providers/realmCache/providers").has("default"), info::toString);
        assertFalse(info.at("/providers/userCache/providers").has("default"), info::toString);
    }
}
