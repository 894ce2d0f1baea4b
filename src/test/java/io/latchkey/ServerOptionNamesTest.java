package io.latchkey;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerOptionNamesTest {

    private static final Set<String> KNOWN = Set.of("flush-interval", "peppers");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kc.spi-latchkey--default--flush-interval",
                "kc.spi-latchkey-default-flush-interval",
                "KC_SPI_LATCHKEY__DEFAULT__FLUSH_INTERVAL",
                "KC_SPI_LATCHKEY_DEFAULT_FLUSH_INTERVAL",
                "kc.spi-latchkey--default--enabled",
                "kc.spi-latchkey-default-enabled",
                "KC_SPI_LATCHKEY__DEFAULT__ENABLED",
                "kc.spi-latchkey--provider",
                "kc.spi-latchkey-provider-default",
                "kc.spi-latchkey--provider-default",
                "kc.spi-latchkey-charging--credits--enabled",
                "kc.spi-latchkey-charging-credits-enabled",
                "KC_SPI_LATCHKEY_CHARGING__CREDITS__ENABLED",
                "kc.spi-latchkey-charging--provider-default",
                "kc.spi-latchkeys--default--peper",
                "kc.spi-token-introspection--access_token--anything",
                "kc.db",
                "KC_DB"
            })
    void knownNamesAndThoseOfOthersAreAccepted(String name) {
        ServerOptionNames.requireKnown(KNOWN, List.of("kc.db", name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kc.spi-latchkey--default--peper",
                "kc.spi-latchkey-default-peper",
                "KC_SPI_LATCHKEY__DEFAULT__PEPER",
                "KC_SPI_LATCHKEY_DEFAULT_PEPER",
                "kc.spi-latchkey--default--flushInterval",
                "kc.spi-latchkey--default--FLUSH-INTERVAL",
                "kc.spi-latchkey--peppers",
                "kc.spi-latchkey--defaults--peppers",
                "kc.spi-latchkey--default-peppers",
                "kc.spi-latchkey-default--peppers",
                "kc.spi-latchkey--default--flush--interval",
                "KC_SPI_LATCHKEY__DEFAULT_PEPPERS",
                "KC_SPI_LATCHKEY__DEFAULT__FLUSH__INTERVAL",
                "kc.spi-latchkey--default-enabled",
                "kc.spi-latchkey-charging--default--enabled",
                "kc.spi-latchkey-charging--credits--peppers",
                "kc.spi-latchkey--default--"
            })
    void anUnknownNameStopsTheStartAndIsNamed(String name) {
        String said = assertThrows(
                        IllegalArgumentException.class,
                        () -> ServerOptionNames.requireKnown(KNOWN, List.of("kc.db", name)))
                .getMessage();

        assertTrue(said.startsWith("Latchkey has no such server option: " + name + ". "), said);
        assertTrue(said.endsWith("flush-interval, peppers."), said);
    }
}
