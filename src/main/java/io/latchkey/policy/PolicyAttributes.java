package io.latchkey.policy;

import io.latchkey.key.KeyKind;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.keycloak.models.Constants;

/** Defines every policy attribute once: name, format, default, fallback value and help text. */
final class PolicyAttributes {
    private static final Predicate<String> SCOPE =
            Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,255}").asMatchPredicate();
    private static final Predicate<String> CLIENT_ID =
            Pattern.compile("[^\\p{Cc}]{1,255}").asMatchPredicate();
    // Not so short that a wrong setting makes every caller ask for a token with every request.
    private static final Duration SHORT_TOKEN = Duration.ofMinutes(1);
    private static final Duration RECENT_LOGIN = Duration.ofMinutes(5);
    private static final ZoneId UTC = ZoneId.of("UTC");
    // Few callers do less, and none is stopped by it.
    private static final Optional<RateLimit> SLOW = Optional.of(new RateLimit(1, Duration.ofSeconds(1), 1));
    private static final KeyLifetime SHORT_LIFE = KeyLifetime.of(Duration.ofDays(1));

    static final PolicyAttribute<SelfServiceMode> CREATION = new PolicyAttribute<>(
            "creation",
            ValueFormat.choice(List.of(SelfServiceMode.values()), SelfServiceMode::label),
            SelfServiceMode.ADMINS,
            FallbackValue.of(SelfServiceMode.ADMINS),
            "Who may make keys for themselves.");
    static final PolicyAttribute<Integer> MAX_KEYS = new PolicyAttribute<>(
            "max-keys",
            ValueFormat.whole(0, 10_000),
            10,
            FallbackValue.of(0),
            "Slots of one owner: families with a usable key. When they need more, the newest families are suspended, but only where the attribute is there and valid.");
    static final PolicyAttribute<KeyLifetime> DEFAULT_LIFETIME = new PolicyAttribute<>(
            "default-lifetime",
            ValueFormat.lifetime(),
            KeyLifetime.of(Duration.ofDays(90)),
            FallbackValue.of(SHORT_LIFE),
            "Life of a key when its maker names no end. Never longer than the longest.");
    static final PolicyAttribute<KeyLifetime> MAX_LIFETIME = new PolicyAttribute<>(
            "max-lifetime",
            ValueFormat.lifetime(),
            KeyLifetime.NEVER,
            FallbackValue.of(SHORT_LIFE),
            "Longest life that may be given to a key.");
    static final PolicyAttribute<String> BRAND = new PolicyAttribute<>(
            "brand",
            ValueFormat.text("2 to 10 of a-z and 0-9, a letter first", "[a-z][a-z0-9]{1,9}"),
            "kc",
            FallbackValue.of("kc"),
            "First part of every new key.");
    static final PolicyAttribute<Optional<String>> ENV = new PolicyAttribute<>(
            "env",
            ValueFormat.choice(List.of("live", "test"), Function.<String>identity())
                    .optional(),
            Optional.empty(),
            FallbackValue.of(Optional.empty()),
            "Environment named in every new key.");
    static final PolicyAttribute<Set<KeyKind>> KINDS = new PolicyAttribute<>(
            "kinds",
            ValueFormat.words("a list of secret, publishable", PolicyAttributes::allKinds, KeyKind::label),
            Set.of(KeyKind.SECRET),
            new FallbackValue<>("the words that are right", words -> rightKinds(WordList.split(words))),
            "Kinds of key that may be made.");
    static final PolicyAttribute<List<String>> SCOPES = new PolicyAttribute<>(
            "scopes",
            ValueFormat.words("a list of client scope names", PolicyAttributes::allScopes, Function.identity()),
            List.of(),
            new FallbackValue<>("the words that are right", words -> rightScopes(WordList.split(words))),
            "Client scopes that people may give to their keys. Administrators may give any.");
    static final PolicyAttribute<Boolean> REQUIRE_IP = new PolicyAttribute<>(
            "require-ip",
            ValueFormat.flag(),
            false,
            FallbackValue.of(true),
            "Whether a new secret key must name the addresses it may be used from.");
    static final PolicyAttribute<Optional<String>> CLIENT = new PolicyAttribute<>(
            "client",
            ValueFormat.text("a client id of at most 255 characters", "[^\\p{Cc}]{1,255}")
                    .optional(),
            Optional.empty(),
            FallbackValue.of(Optional.empty()),
            "Client used for a key when the request names none. Without it a client is required.");
    static final PolicyAttribute<KeySessionMode> SESSION = new PolicyAttribute<>(
            "session",
            ValueFormat.choice(List.of(KeySessionMode.values()), KeySessionMode::label),
            KeySessionMode.TRANSIENT,
            FallbackValue.of(KeySessionMode.TRANSIENT),
            "What stands behind a token made from a key.");
    static final PolicyAttribute<Duration> TOKEN_LIFESPAN = new PolicyAttribute<>(
            "token-lifespan",
            ValueFormat.duration(Duration.ofSeconds(10), Duration.ofDays(1)),
            Duration.ofMinutes(5),
            FallbackValue.of(SHORT_TOKEN),
            "Life of an access token made from a key. Never longer than the realm's.");
    static final PolicyAttribute<Boolean> KEYCLOAK_REST = new PolicyAttribute<>(
            "keycloak-rest",
            ValueFormat.flag(),
            false,
            FallbackValue.of(false),
            "Whether Keycloak's own REST takes keys that name it among their audiences.");
    static final PolicyAttribute<Optional<Duration>> REAUTH_AGE = new PolicyAttribute<>(
            "reauth-age",
            ValueFormat.duration(Duration.ofSeconds(10), Duration.ofDays(365)).optional(),
            Optional.empty(),
            FallbackValue.of(Optional.of(RECENT_LOGIN)),
            "A login no older than this is needed to make or rotate a key in a console.");
    static final PolicyAttribute<List<String>> MANAGEMENT_CLIENTS = new PolicyAttribute<>(
            "management-clients",
            ValueFormat.words("a list of client ids", PolicyAttributes::allClients, Function.identity()),
            List.of(Constants.ACCOUNT_CONSOLE_CLIENT_ID),
            new FallbackValue<>("the words that are right", words -> rightClients(WordList.split(words))),
            "Clients whose tokens may create, rotate or loosen keys in the self-service.");
    static final PolicyAttribute<Optional<URI>> UPGRADE_URL = new PolicyAttribute<>(
            "upgrade-url",
            ValueFormat.webAddress().optional(),
            Optional.empty(),
            FallbackValue.of(Optional.empty()),
            "Where people get a plan.");
    static final PolicyAttribute<Optional<URI>> EXAMPLE_URL = new PolicyAttribute<>(
            "example-url",
            ValueFormat.webAddress().optional(),
            Optional.empty(),
            FallbackValue.of(Optional.empty()),
            "Address of an API to try a new key at; the account console shows how.");
    static final PolicyAttribute<OwnerLockoutMode> LOCKOUT = new PolicyAttribute<>(
            "lockout",
            ValueFormat.choice(List.of(OwnerLockoutMode.values()), OwnerLockoutMode::label),
            OwnerLockoutMode.HONOR,
            FallbackValue.of(OwnerLockoutMode.HONOR),
            "Whether an owner locked by brute-force detection can use keys: not with honor, still with ignore.");
    static final PolicyAttribute<ZoneId> TIME_ZONE = new PolicyAttribute<>(
            "time-zone",
            ValueFormat.timeZone(),
            UTC,
            FallbackValue.of(UTC),
            "Whose days and months are those of credits.");

    static final PolicyAttribute<Optional<RateLimit>> RATE_LIMIT = new PolicyAttribute<>(
            "rate-limit",
            ValueFormat.rateLimit(),
            Optional.empty(),
            FallbackValue.of(SLOW),
            "How often one key may be used.");
    static final PolicyAttribute<Optional<RateLimit>> OWNER_RATE_LIMIT = new PolicyAttribute<>(
            "owner-rate-limit",
            ValueFormat.rateLimit(),
            Optional.empty(),
            FallbackValue.of(SLOW),
            "How often all keys of one owner together may be used.");

    static final List<PolicyAttribute<?>> ALL = List.of(
            CREATION,
            MAX_KEYS,
            DEFAULT_LIFETIME,
            MAX_LIFETIME,
            BRAND,
            ENV,
            KINDS,
            SCOPES,
            REQUIRE_IP,
            CLIENT,
            SESSION,
            TOKEN_LIFESPAN,
            KEYCLOAK_REST,
            REAUTH_AGE,
            MANAGEMENT_CLIENTS,
            UPGRADE_URL,
            EXAMPLE_URL,
            LOCKOUT,
            TIME_ZONE,
            RATE_LIMIT,
            OWNER_RATE_LIMIT);

    private PolicyAttributes() {}

    private static Optional<Set<KeyKind>> allKinds(List<String> words) {
        boolean right = words.stream().allMatch(word -> KeyKind.ofLabel(word).isPresent());
        return Optional.of(rightKinds(words)).filter(kinds -> right && !kinds.isEmpty());
    }

    private static Set<KeyKind> rightKinds(List<String> words) {
        Set<KeyKind> kinds = EnumSet.noneOf(KeyKind.class);
        words.forEach(word -> KeyKind.ofLabel(word).ifPresent(kinds::add));
        return Collections.unmodifiableSet(kinds);
    }

    private static Optional<List<String>> allScopes(List<String> words) {
        return Optional.of(words).filter(all -> all.stream().allMatch(SCOPE)).map(PolicyAttributes::rightScopes);
    }

    private static Optional<List<String>> allClients(List<String> words) {
        return Optional.of(words)
                .filter(all -> all.stream().allMatch(CLIENT_ID))
                .map(PolicyAttributes::rightClients)
                .filter(clients -> !clients.isEmpty());
    }

    private static List<String> rightClients(List<String> words) {
        return List.copyOf(new LinkedHashSet<>(words.stream().filter(CLIENT_ID).toList()));
    }

    private static List<String> rightScopes(List<String> words) {
        return List.copyOf(new LinkedHashSet<>(words.stream().filter(SCOPE).toList()));
    }
}
