package io.latchkey;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reads the server options of one SPI provider. A wrong value and an unknown name stop the start. Keycloak ignores an
 * option that no provider reads, and a name that mixes both spellings, such as {@code --spi-latchkey--default-peppers}.
 */
public final class ServerOptionReader {

    /** The SPI of credits, whose jar is optional. */
    public static final String CHARGING = "latchkey-charging";

    private static final String CREDITS = "credits";

    private final String spi;
    private final String provider;
    private final Function<String, String> values;
    private final Set<String> known = new TreeSet<>();

    /**
     * @param spi as options spell it
     * @param values the configured value of an option; null if there is none
     */
    public ServerOptionReader(String spi, String provider, Function<String, String> values) {
        this.spi = spi;
        this.provider = provider;
        this.values = values;
    }

    Optional<String> text(String name) {
        known.add(name);
        return Optional.ofNullable(values.apply(name));
    }

    public Duration duration(String name, Duration standard, Duration least, Duration most) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return standard;
        }
        try {
            Duration value = Duration.parse(text.get());
            if (value.compareTo(least) >= 0 && value.compareTo(most) <= 0) {
                return value;
            }
        } catch (DateTimeParseException notIso) {
            // Falls through to the message that names the option.
        }
        throw wrong(
                name, "must be an ISO-8601 duration from " + least + " to " + most + ", not \"" + text.get() + "\"");
    }

    boolean flag(String name, boolean standard) {
        return switch (text(name).orElse(Boolean.toString(standard))) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw wrong(name, "must be true or false, not \"" + text(name).orElseThrow() + "\"");
        };
    }

    IllegalArgumentException wrong(String name, String detail) {
        return new IllegalArgumentException("--spi-" + spi + "--" + provider + "--" + name + ": " + detail);
    }

    /**
     * Stops the start if an option of this SPI is configured that was not read here.
     *
     * @param configured names of all configuration properties
     */
    public void requireKnown(Iterable<String> configured) {
        Set<String> there = known.stream()
                .flatMap(name -> Stream.of(
                        "kc.spi-" + spi + "--" + provider + "--" + name, "kc.spi-" + spi + "-" + provider + "-" + name))
                .collect(Collectors.toSet());
        List<String> unknown = of(spi, provider, configured).stream()
                .filter(name -> spi.equals(CHARGING) || !property(name).startsWith(prefix(CHARGING)))
                .filter(name -> !there.contains(property(name)))
                .toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("Latchkey has no such server option: " + String.join(", ", unknown)
                    + ". Its options are --spi-" + spi + "--" + provider + "--<name> with one of the names "
                    + String.join(", ", known) + ".");
        }
    }

    /** Stops the start if an option of credits is configured on a server without them. */
    static void requireNoneOfCredits(Iterable<String> configured) {
        List<String> useless = of(CHARGING, CREDITS, configured);
        if (!useless.isEmpty()) {
            throw new IllegalArgumentException(
                    "The jar latchkey-credits is not installed, or its provider is disabled, but"
                            + " the server has its option " + String.join(", ", useless) + ".");
        }
    }

    /** The options of an SPI, without those that Keycloak itself reads about any SPI. */
    private static List<String> of(String spi, String provider, Iterable<String> configured) {
        Pattern keycloaks = Pattern.compile(
                "kc\\.spi-" + spi + "(--|-)(?:provider|provider-default|enabled|" + provider + "\\1enabled)");
        return StreamSupport.stream(configured.spliterator(), false)
                .filter(name -> property(name).startsWith(prefix(spi)))
                .filter(name -> !keycloaks.matcher(property(name)).matches())
                .sorted()
                .distinct()
                .toList();
    }

    private static String prefix(String spi) {
        return "kc.spi-" + spi + "-";
    }

    /** An environment variable is there under its own name as well (26.7: {@code KcEnvConfigSource}). */
    private static String property(String name) {
        return name.startsWith("KC_")
                ? "kc." + name.substring(3).toLowerCase(Locale.ROOT).replace('_', '-')
                : name;
    }
}
