package io.latchkey;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerOptionReaderTest {

    private static final ServerOptionReader KEYS = reader("latchkey", "default", "flush-interval", "peppers");
    private static final ServerOptionReader CREDITS = reader("latchkey-charging", "credits", "reservation-ttl");

    private static ServerOptionReader reader(String spi, String provider, String... known) {
        ServerOptionReader reader = new ServerOptionReader(spi, provider, name -> null);
        List.of(known).forEach(reader::text);
        return reader;
    }

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
                "kc.spi-latchkey-charging--credits--reservation-ttl",
                "kc.spi-token-introspection--access_token--anything",
                "kc.db",
                "KC_DB"
            })
    void knownNamesAndThoseOfOthersAreAccepted(String name) {
        KEYS.requireKnown(List.of("kc.db", name));
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
                "kc.spi-latchkey--default--"
            })
    void anUnknownNameStopsTheStartAndIsNamed(String name) {
        String said = assertThrows(IllegalArgumentException.class, () -> KEYS.requireKnown(List.of("kc.db", name)))
                .getMessage();

        assertTrue(said.startsWith("Latchkey has no such server option: " + name + ". "), said);
        assertTrue(said.endsWith("flush-interval, peppers."), said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kc.spi-latchkey-charging--credits--reservation-ttl",
                "KC_SPI_LATCHKEY_CHARGING__CREDITS__RESERVATION_TTL",
                "kc.spi-latchkey-charging--credits--enabled",
                "kc.spi-latchkey-charging--provider",
                "kc.spi-latchkey--default--peper"
            })
    void creditsAcceptTheirOwnNamesAndThoseOfTheProvider(String name) {
        CREDITS.requireKnown(List.of(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kc.spi-latchkey-charging--credits--ttl",
                "kc.spi-latchkey-charging--credits-reservation-ttl",
                "kc.spi-latchkey-charging--default--enabled",
                "kc.spi-latchkey-charging--credits--peppers",
                "KC_SPI_LATCHKEY_CHARGING__CREDIT__RESERVATION_TTL"
            })
    void anUnknownNameOfCreditsStopsTheStart(String name) {
        String said = assertThrows(IllegalArgumentException.class, () -> CREDITS.requireKnown(List.of(name)))
                .getMessage();

        assertTrue(said.contains(name) && said.endsWith("reservation-ttl."), said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kc.spi-latchkey-charging--credits--reservation-ttl",
                "KC_SPI_LATCHKEY_CHARGING__CREDITS__RESERVATION_TTL"
            })
    void anOptionOfCreditsStopsTheStartWithoutTheirJar(String name) {
        String said = assertThrows(
                        IllegalArgumentException.class, () -> ServerOptionReader.requireNoneOfCredits(List.of(name)))
                .getMessage();

        assertTrue(said.contains("latchkey-credits is not installed") && said.contains(name), said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kc.spi-latchkey-charging--credits--enabled",
                "KC_SPI_LATCHKEY_CHARGING__CREDITS__ENABLED",
                "kc.spi-latchkey--default--peppers"
            })
    void aServerWithoutCreditsAcceptsOtherOptions(String name) {
        ServerOptionReader.requireNoneOfCredits(List.of(name));
    }
}
