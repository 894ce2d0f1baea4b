package io.latchkey.bench;

import io.latchkey.server.ServerFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the system properties of the benchmark; the profile {@code bench} of the pom has the defaults. */
record BenchSettings(
        int port,
        int managementPort,
        String database,
        Duration sample,
        int rounds,
        Duration warmup,
        int connections,
        String heap,
        Set<String> parts,
        List<Long> scale,
        Optional<String> profile,
        Path directory,
        Path page,
        Path home,
        List<Path> providers,
        String keycloak,
        String latchkey) {

    static BenchSettings read() {
        return new BenchSettings(
                number("port"),
                number("management.port"),
                oneOf("db", "h2", "postgres"),
                Duration.ofSeconds(number("seconds")),
                number("rounds"),
                Duration.ofSeconds(number("warmup")),
                number("connections"),
                text("heap"),
                someOf("only", "endpoints", "limits", "jmh"),
                words("scale").stream().map(BenchSettings::size).sorted().toList(),
                words("profile").stream().findFirst(),
                Path.of(text("directory")),
                Path.of(text("page")),
                Path.of(text("home")),
                List.of(Path.of(text("provider")), Path.of(text("credits"))),
                text("keycloak"),
                text("latchkey"));
    }

    /** Where a part of the run may leave a file. */
    Path file(String name) {
        return directory.resolve(name);
    }

    private static String text(String name) {
        String value = System.getProperty("bench." + name);
        if (value == null) {
            throw new ServerFailure("The property bench." + name + " is missing: start the benchmark with mvn -Pbench");
        }
        return value;
    }

    private static String oneOf(String name, String... choices) {
        String value = text(name);
        if (!List.of(choices).contains(value)) {
            throw wrong(name, value, "use one of " + String.join(", ", choices));
        }
        return value;
    }

    private static Set<String> someOf(String name, String... choices) {
        Set<String> chosen = Set.copyOf(words(name));
        if (chosen.isEmpty() || !List.of(choices).containsAll(chosen)) {
            throw wrong(name, text(name), "use one or more of " + String.join(", ", choices));
        }
        return chosen;
    }

    private static List<String> words(String name) {
        return Arrays.stream(text(name).split("[\\s,]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static int number(String name) {
        String value = text(name);
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The exception below names the value.
        }
        throw wrong(name, value, "use a number from 1");
    }

    private static long size(String word) {
        if (word.matches("[1-9][0-9]{2,8}")) {
            return Long.parseLong(word);
        }
        throw wrong("scale", word, "use numbers of keys from 100 to 999999999");
    }

    private static ServerFailure wrong(String name, String value, String advice) {
        return new ServerFailure("-Dbench." + name + "=" + value + ": " + advice);
    }
}
