package io.latchkey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeycloakReleaseTest {

    @ParameterizedTest
    @ValueSource(strings = {"26.7.0", "26.7.3", "26.7.5", "26.7.5.redhat-00001"})
    void aTestedReleaseStartsWithoutAWarning(String version) {
        KeycloakRelease release = KeycloakRelease.of(version);

        assertTrue(release.isTested());
        release.require(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"26.7.6", "26.7.17"})
    void anUnknownPatchReleaseStartsWithAWarning(String version) {
        KeycloakRelease release = KeycloakRelease.of(version);

        assertEquals(false, release.isTested());
        release.require(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"26.8.0", "27.0.0", "26.70.0", "126.7.0", "999.0.0-SNAPSHOT", "nightly", ""})
    void anUnknownMinorReleaseStartsOnlyIfThatIsAllowed(String version) {
        KeycloakRelease release = KeycloakRelease.of(version);

        String said = assertThrows(IllegalStateException.class, () -> release.require(false))
                .getMessage();
        assertEquals(
                "Latchkey is tested with Keycloak 26.7.0 to 26.7.5 and does not start with " + version
                        + "; --spi-latchkey--default--allow-untested-keycloak=true starts it anyway.",
                said);
        release.require(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"26.5.6", "26.6.4", "26.6.4.redhat-00001", "25.10.0", "9.0.0"})
    void anOlderMinorReleaseNeverStarts(String version) {
        KeycloakRelease release = KeycloakRelease.of(version);

        for (boolean allowed : new boolean[] {false, true}) {
            String said = assertThrows(IllegalStateException.class, () -> release.require(allowed))
                    .getMessage();
            assertEquals(
                    "Latchkey is tested with Keycloak 26.7.0 to 26.7.5 and does not start with " + version
                            + ", which lacks classes that it needs.",
                    said);
        }
    }
}
