package io.latchkey;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Checks the names of the configured server options. Keycloak ignores an option that no provider reads, so a misspelt one
 * would have no effect.
 */
final class ServerOptionNames {

    private static final String PREFIX = "kc.spi-latchkey-";

    /** The two spellings that Keycloak reads. It ignores a name that mixes them, such as {@code --spi-latchkey--default-peppers}. */
    private static final List<String> SPELLINGS = List.of("kc.spi-latchkey--default--", "kc.spi-latchkey-default-");

    /** What Keycloak itself reads about the SPIs {@code latchkey} and {@code latchkeyCharging}. */
    private static final Pattern KEYCLOAKS =
            Pattern.compile("kc\\.spi-latchkey(?:(--|-)(?:provider|provider-default|enabled|default\\1enabled)"
                    + "|-charging(--|-)(?:provider|provider-default|enabled|credits\\2enabled))");

    private ServerOptionNames() {}

    /**
     * Stops the start if an option is configured that does not exist.
     *
     * @param known names of the options of the provider {@code default}
     * @param configured names of all configuration properties
     */
    static void requireKnown(Set<String> known, Iterable<String> configured) {
        Set<String> there = known.stream()
                .flatMap(name -> SPELLINGS.stream().map(spelling -> spelling + name))
                .collect(Collectors.toSet());
        List<String> unknown = StreamSupport.stream(configured.spliterator(), false)
                .filter(name -> isUnknown(name, there))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("Latchkey has no such server option: " + String.join(", ", unknown)
                    + ". Its options are --spi-latchkey--default--<name> with one of the names "
                    + String.join(", ", new TreeSet<>(known)) + ".");
        }
    }

    private static boolean isUnknown(String name, Set<String> known) {
        String option = option(name);
        return option.startsWith(PREFIX)
                && !known.contains(option)
                && !KEYCLOAKS.matcher(option).matches();
    }

    /** An environment variable is there under its own name as well (26.7: {@code KcEnvConfigSource}). */
    private static String option(String name) {
        return name.startsWith("KC_")
                ? "kc." + name.substring(3).toLowerCase(Locale.ROOT).replace('_', '-')
                : name;
    }
}
