package io.latchkey;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.fakes.Stub;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.Config;
import org.keycloak.common.Version;

class ApiKeysProviderFactoryTest {

    private final String version = Version.VERSION;

    @AfterEach
    void restoreVersion() {
        Version.VERSION = version;
    }

    @Test
    void anUnknownMinorReleaseStopsTheStart() {
        Version.VERSION = "26.8.0";

        String said =
                assertThrows(IllegalStateException.class, () -> init(Map.of())).getMessage();

        assertTrue(said.contains("does not start with 26.8.0"), said);
    }

    @Test
    void anUnknownMinorReleaseStartsWhereTheOptionAllowsIt() {
        Version.VERSION = "26.8.0";

        init(Map.of("allow-untested-keycloak", "true"));
    }

    private static void init(Map<String, String> options) {
        new ApiKeysProviderFactory()
                .init(Stub.of(Config.Scope.class)
                        .answering("get", sent -> options.get(sent[0]))
                        .make());
    }
}
