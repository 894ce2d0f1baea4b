package io.latchkey;

import java.lang.module.ModuleDescriptor.Version;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Checks the Keycloak release: refuses older minors, refuses untested ones unless an option allows them, and warns of
 * untested patches. Latchkey calls Keycloak's implementation, so an unknown minor release may accept keys wrongly. An
 * older one lacks classes that Latchkey needs.
 *
 * @param minor major and minor number, such as {@code 26.7}; empty if the version cannot be read
 * @param patch the third number
 */
record KeycloakRelease(String version, String minor, int patch) {

    private static final Logger LOG = Logger.getLogger(KeycloakRelease.class);
    private static final Pattern NUMBERS = Pattern.compile("(\\d+\\.\\d+)\\.(\\d+)([.-].*)?");
    private static final String TESTED_MINOR = "26.7";
    private static final int LAST_TESTED_PATCH = 5;

    static KeycloakRelease of(String version) {
        Matcher numbers = NUMBERS.matcher(version);
        // More digits than an int has are no tested release.
        return numbers.matches() && numbers.group(2).length() < 9
                ? new KeycloakRelease(version, numbers.group(1), Integer.parseInt(numbers.group(2)))
                : new KeycloakRelease(version, "", 0);
    }

    boolean isTested() {
        return isTestedMinor() && patch <= LAST_TESTED_PATCH;
    }

    private boolean isTestedMinor() {
        return minor.equals(TESTED_MINOR);
    }

    private boolean isOlder() {
        return !minor.isEmpty() && Version.parse(minor).compareTo(Version.parse(TESTED_MINOR)) < 0;
    }

    /**
     * Stops the start on an older or unknown minor release, and warns on an unknown patch release.
     *
     * @param allowed whether the administrator takes the risk of an unknown one
     */
    void require(boolean allowed) {
        String refusal = "Latchkey is tested with Keycloak " + tested() + " and does not start with " + version;
        if (isOlder()) {
            throw new IllegalStateException(refusal + ", which lacks classes that it needs.");
        }
        if (!isTestedMinor() && !allowed) {
            throw new IllegalStateException(
                    refusal + "; --spi-latchkey--default--allow-untested-keycloak=true starts it anyway.");
        }
        if (!isTested()) {
            LOG.warnf("Latchkey is tested with Keycloak %s; this is %s", tested(), version);
        }
    }

    private static String tested() {
        return TESTED_MINOR + ".0 to " + TESTED_MINOR + "." + LAST_TESTED_PATCH;
    }
}
