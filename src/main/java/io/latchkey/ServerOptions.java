package io.latchkey;

import io.latchkey.key.Peppers;
import io.latchkey.policy.RateLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.vault.VaultStringSecret;

/**
 * Holds the server options of Latchkey's provider, {@code --spi-latchkey--default--...}. An invalid value stops the
 * start, and the message names the option.
 *
 * @param peppers the peppers given directly or by file
 * @param vaultEntry entry of Keycloak's vault (looked up in the realm {@code master}) that holds the peppers instead
 * @param flushInterval how often a node writes uses
 * @param purgeInterval how often the cluster deletes old ended keys, old usage and orphans
 * @param retention how long ended keys stay visible
 * @param usageRetention how long hours of use are kept
 * @param cacheMaxAge how long a node believes what it remembers of keys and their owners should no message reach it; zero to
 *     remember nothing
 * @param tokenCache whether issued tokens are cached
 * @param responseCacheTtl how long a response of verify or forward-auth is cached while nothing changes; zero for never
 * @param allowUntestedKeycloak whether the server starts on an untested minor release of Keycloak
 * @param failedKeyLimit how many failed keys one address may send before it has to wait; empty for any number
 */
record ServerOptions(
        Peppers peppers,
        Optional<String> vaultEntry,
        Duration flushInterval,
        Duration purgeInterval,
        Duration retention,
        Duration usageRetention,
        Duration cacheMaxAge,
        boolean tokenCache,
        Duration responseCacheTtl,
        Optional<RateLimit> failedKeyLimit,
        boolean allowUntestedKeycloak) {

    /** @param names of all configured properties, none of which may be an option that does not exist */
    static ServerOptions read(Config.Scope scope, Iterable<String> names) {
        ServerOptionReader reader = new ServerOptionReader("latchkey", "default", scope::get);
        ServerOptions options = read(reader);
        reader.requireKnown(names);
        return options;
    }

    private static ServerOptions read(ServerOptionReader reader) {
        Optional<String> direct = reader.text("peppers");
        Optional<String> file = reader.text("peppers-file");
        Optional<String> vault = reader.text("peppers-vault");
        if (direct.isPresent() && file.isPresent() || vault.isPresent() && (direct.isPresent() || file.isPresent())) {
            throw reader.wrong("peppers", "give only one of peppers, peppers-file and peppers-vault");
        }
        return new ServerOptions(
                file.map(path -> contents(reader, path))
                        .or(() -> direct)
                        .map(text -> peppers(reader, text, file.isPresent() ? "peppers-file" : "peppers"))
                        .orElseGet(Peppers::none),
                vault,
                reader.duration("flush-interval", Duration.ofSeconds(15), Duration.ofSeconds(1), Duration.ofDays(1)),
                reader.duration("purge-interval", Duration.ofHours(1), Duration.ofSeconds(10), Duration.ofDays(7)),
                reader.duration("retention", Duration.ofDays(30), Duration.ZERO, Duration.ofDays(36_500)),
                reader.duration("usage-retention", Duration.ofDays(90), Duration.ofDays(1), Duration.ofDays(36_500)),
                reader.duration("cache-max-age", Duration.ofSeconds(10), Duration.ZERO, Duration.ofMinutes(10)),
                reader.flag("token-cache", true),
                reader.duration("response-cache-ttl", Duration.ofSeconds(1), Duration.ZERO, Duration.ofSeconds(10)),
                limit(reader, "failed-key-limit", "60/min"),
                reader.flag("allow-untested-keycloak", false));
    }

    /** The peppers, once the vault is available. */
    Peppers peppers(KeycloakSessionFactory factory) {
        return vaultEntry
                .map(entry ->
                        KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> fromVault(session, entry)))
                .orElse(peppers);
    }

    private static Peppers fromVault(KeycloakSession session, String entry) {
        ServerOptionReader reader = new ServerOptionReader("latchkey", "default", name -> null);
        session.getContext().setRealm(session.realms().getRealmByName(Config.getAdminRealm()));
        try (VaultStringSecret secret = session.vault().getStringSecret("${vault." + entry + "}")) {
            return peppers(
                    reader,
                    secret.get().orElseThrow(() -> reader.wrong("peppers-vault", "the vault has no entry " + entry)),
                    "peppers-vault");
        }
    }

    private static String contents(ServerOptionReader reader, String path) {
        try {
            return Files.readString(Path.of(path));
        } catch (IOException | RuntimeException unreadable) {
            throw reader.wrong("peppers-file", "cannot be read: " + path);
        }
    }

    private static Peppers peppers(ServerOptionReader reader, String text, String option) {
        try {
            return Peppers.parse(text);
        } catch (IllegalArgumentException e) {
            throw reader.wrong(option, e.getMessage());
        }
    }

    private static Optional<RateLimit> limit(ServerOptionReader reader, String name, String standard) {
        String text = reader.text(name).orElse(standard);
        if (text.equals("unlimited")) {
            return Optional.empty();
        }
        return Optional.of(RateLimit.parse(text)
                .orElseThrow(() -> reader.wrong(
                        name, "must be a rate such as " + standard + ", or unlimited, not \"" + text + "\"")));
    }
}
