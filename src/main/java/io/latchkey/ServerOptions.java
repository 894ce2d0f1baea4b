package io.latchkey;

import io.latchkey.key.Peppers;
import io.latchkey.policy.RateLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.vault.VaultStringSecret;

/**
 * Holds the server options of the provider. An invalid value stops the start and names the option. A wrong value stops the
 * start-up with the option's full name.
 *
 * @param peppers the peppers given directly or by file
 * @param vaultEntry entry of Keycloak's vault (looked up in the realm {@code master}) that holds the peppers instead
 * @param flushInterval how often a node writes uses
 * @param sweepInterval how often the cluster looks for orphans, old ends and old uses
 * @param retention how long ended keys stay visible
 * @param usageRetention how long hours of use are kept
 * @param cacheMaxAge how long a node believes what it remembers of keys and their owners should no message reach it; zero to
 *     remember nothing
 * @param reservationTtl how long credits are set aside for a call of which nobody says how it went
 * @param tokenCache whether a fresh token is handed out again
 * @param responseCacheTtl how long an answer of verify or forward-auth is given again while nothing changes; zero for never
 * @param allowUntestedKeycloak whether the server starts on an untested minor release of Keycloak
 * @param failedKeyLimit how many wrong keys one address may send before it has to wait; empty for any number
 */
record ServerOptions(
        Peppers peppers,
        Optional<String> vaultEntry,
        Duration flushInterval,
        Duration sweepInterval,
        Duration retention,
        Duration usageRetention,
        Duration cacheMaxAge,
        Duration reservationTtl,
        boolean tokenCache,
        Duration responseCacheTtl,
        Optional<RateLimit> failedKeyLimit,
        boolean allowUntestedKeycloak) {

    private static final String PREFIX = "spi-latchkey--default--";

    /** @param names of all configured properties, none of which may be an option that does not exist */
    static ServerOptions read(Config.Scope scope, Iterable<String> names) {
        Set<String> known = new TreeSet<>();
        ServerOptions options = read(name -> {
            known.add(name);
            return scope.get(name);
        });
        ServerOptionNames.requireKnown(known, names);
        return options;
    }

    private static ServerOptions read(UnaryOperator<String> config) {
        Optional<String> direct = Optional.ofNullable(config.apply("peppers"));
        Optional<String> file = Optional.ofNullable(config.apply("peppers-file"));
        Optional<String> vault = Optional.ofNullable(config.apply("peppers-vault"));
        if (direct.isPresent() && file.isPresent() || vault.isPresent() && (direct.isPresent() || file.isPresent())) {
            throw wrong("peppers", "give only one of peppers, peppers-file and peppers-vault");
        }
        return new ServerOptions(
                file.map(ServerOptions::contents)
                        .or(() -> direct)
                        .map(text -> peppers(text, file.isPresent() ? "peppers-file" : "peppers"))
                        .orElseGet(Peppers::none),
                vault,
                duration(config, "flush-interval", Duration.ofSeconds(15), Duration.ofSeconds(1), Duration.ofDays(1)),
                duration(config, "sweep-interval", Duration.ofHours(1), Duration.ofSeconds(10), Duration.ofDays(7)),
                duration(config, "retention", Duration.ofDays(30), Duration.ZERO, Duration.ofDays(36_500)),
                duration(config, "usage-retention", Duration.ofDays(90), Duration.ofDays(1), Duration.ofDays(36_500)),
                duration(config, "cache-max-age", Duration.ofSeconds(10), Duration.ZERO, Duration.ofMinutes(10)),
                duration(config, "reservation-ttl", Duration.ofMinutes(1), Duration.ofSeconds(5), Duration.ofHours(1)),
                flag(config, "token-cache", true),
                duration(config, "response-cache-ttl", Duration.ofSeconds(1), Duration.ZERO, Duration.ofSeconds(10)),
                limit(config, "failed-key-limit", "60/min"),
                flag(config, "allow-untested-keycloak", false));
    }

    /** The peppers, once the vault can be asked. */
    Peppers peppers(KeycloakSessionFactory factory) {
        return vaultEntry
                .map(entry ->
                        KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> fromVault(session, entry)))
                .orElse(peppers);
    }

    private static Peppers fromVault(KeycloakSession session, String entry) {
        session.getContext().setRealm(session.realms().getRealmByName(Config.getAdminRealm()));
        try (VaultStringSecret secret = session.vault().getStringSecret("${vault." + entry + "}")) {
            return peppers(
                    secret.get().orElseThrow(() -> wrong("peppers-vault", "the vault has no entry " + entry)),
                    "peppers-vault");
        }
    }

    private static String contents(String path) {
        try {
            return Files.readString(Path.of(path));
        } catch (IOException | RuntimeException unreadable) {
            throw wrong("peppers-file", "cannot be read: " + path);
        }
    }

    private static Peppers peppers(String text, String option) {
        try {
            return Peppers.parse(text);
        } catch (IllegalArgumentException e) {
            throw wrong(option, e.getMessage());
        }
    }

    private static Duration duration(
            UnaryOperator<String> config, String name, Duration standard, Duration least, Duration most) {
        String text = config.apply(name);
        if (text == null) {
            return standard;
        }
        try {
            Duration value = Duration.parse(text);
            if (value.compareTo(least) >= 0 && value.compareTo(most) <= 0) {
                return value;
            }
        } catch (DateTimeParseException notIso) {
            // Falls through to the message that names the option.
        }
        throw wrong(name, "must be an ISO-8601 duration from " + least + " to " + most + ", not \"" + text + "\"");
    }

    private static Optional<RateLimit> limit(UnaryOperator<String> config, String name, String standard) {
        String text = config.apply(name) == null ? standard : config.apply(name);
        if (text.equals("unlimited")) {
            return Optional.empty();
        }
        return Optional.of(RateLimit.parse(text)
                .orElseThrow(() ->
                        wrong(name, "must be a rate such as " + standard + ", or unlimited, not \"" + text + "\"")));
    }

    private static boolean flag(UnaryOperator<String> config, String name, boolean standard) {
        String text = config.apply(name);
        if (text == null) {
            return standard;
        }
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(name, "must be true or false, not \"" + text + "\"");
        };
    }

    private static IllegalArgumentException wrong(String option, String detail) {
        return new IllegalArgumentException("--" + PREFIX + option + ": " + detail);
    }
}
