package io.latchkey.credits;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.fakes.Stub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.Config;

/** The server option as the page of documentation promises it. */
class CreditsOptionTest {

    @Test
    void optionIsDocumented() throws IOException {
        String page = Files.readString(Path.of("src/docs/credits-reference.md"));

        assertTrue(page.contains("| `reservation-ttl` | `PT1M` | `PT5S` to `PT1H`. "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT5S", "PT1M", "PT1H"})
    void documentedDurationIsAccepted(String value) {
        assertDoesNotThrow(() -> start(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT4.999S", "PT1H0.001S", "1m", ""})
    void otherValueStopsTheStartAndNamesTheOption(String value) {
        String said =
                assertThrows(IllegalArgumentException.class, () -> start(value)).getMessage();

        assertTrue(said.startsWith("--spi-latchkey-charging--credits--reservation-ttl: "), said);
    }

    private static void start(String value) {
        new CreditsProviderFactory()
                .init(Stub.of(Config.Scope.class).with("get", value).make());
    }
}
