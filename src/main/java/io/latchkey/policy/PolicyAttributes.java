package io.latchkey.policy;

import io.latchkey.key.KeyKind;
import io.latchkey.policy.RealmPolicy.KeySessionMode;
import io.latchkey.policy.RealmPolicy.OwnerLockoutMode;
import io.latchkey.policy.RealmPolicy.SelfServiceMode;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.keycloak.models.Constants;

/** Defines every policy attribute once: name, format, default, fallback value and the effect of its removal. */
final class PolicyAttributes {
    private static final List<PolicyAttribute<?>> DEFINED = new ArrayList<>();

    /** All attributes, in the order in which they are defined. */
    static final List<PolicyAttribute<?>> ALL = Collections.unmodifiableList(DEFINED);

    private static final String GROUP_CREATION = "creation";
    private static final String GROUP_NEW_KEYS = "newKeys";
    private static final String GROUP_USE = "use";
    private static final String GROUP_TOKENS = "tokens";

    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,255}");
    private static final Pattern CLIENT_ID = Pattern.compile("[^\\p{Cc}]{1,255}");
    // Not so short that a wrong setting makes every caller request a token for every call.
    private static final Duration SHORT_TOKEN = Duration.ofMinutes(1);
    private static final Duration RECENT_LOGIN = Duration.ofMinutes(5);
    // Few callers do less, and none is stopped by it.
    private static final Optional<RateLimit> SLOW = Optional.of(new RateLimit(1, Duration.ofSeconds(1), 1));
    private static final KeyLifetime SHORT_LIFE = KeyLifetime.of(Duration.ofDays(1));

    static final PolicyAttribute<SelfServiceMode> CREATION = define(
                    GROUP_CREATION,
                    "creation",
                    AttributeFormat.choice(SelfServiceMode.values()),
                    SelfServiceMode.ADMINS)
            .removal("Stops: people can no longer create keys for themselves. Their keys continue to work.");
    static final PolicyAttribute<Integer> MAX_KEYS = define(
                    GROUP_CREATION, "max-keys", AttributeFormat.whole(0, 10_000), 10, 0)
            .removal("No longer limited: suspended keys work again. An owner can create keys up to the default of 10.");
    static final PolicyAttribute<KeyLifetime> DEFAULT_LIFETIME = define(
                    GROUP_NEW_KEYS,
                    "default-lifetime",
                    AttributeFormat.lifetime(),
                    KeyLifetime.of(Duration.ofDays(90)),
                    SHORT_LIFE)
            .removal("Changes: a new key that names no end lives 90 days, or the longest lifetime if that is shorter.");
    static final PolicyAttribute<KeyLifetime> MAX_LIFETIME = define(
                    GROUP_NEW_KEYS, "max-lifetime", AttributeFormat.lifetime(), KeyLifetime.NEVER, SHORT_LIFE)
            .removal("No longer limited: a new key may live for any time, or have no end.");
    static final PolicyAttribute<String> BRAND = define(
                    GROUP_NEW_KEYS,
                    "brand",
                    AttributeFormat.text(
                            "2 to 10 of a-z and 0-9, a letter first", Pattern.compile("[a-z][a-z0-9]{1,9}")),
                    "kc")
            .removal("Changes: new keys begin with kc. Existing keys keep their text.");
    static final PolicyAttribute<Optional<String>> ENV = define(
                    GROUP_NEW_KEYS,
                    "env",
                    AttributeFormat.choice("live", "test").optional(),
                    Optional.empty())
            .removal("Changes: new keys name no environment. Existing keys keep their text.");
    static final PolicyAttribute<Set<KeyKind>> KINDS = define(
                    GROUP_NEW_KEYS,
                    "kinds",
                    AttributeFormat.words(
                                    "a list of secret, publishable",
                                    KeyKind::ofLabel,
                                    Collectors.collectingAndThen(
                                            Collectors.toCollection(() -> EnumSet.noneOf(KeyKind.class)),
                                            Collections::unmodifiableSet),
                                    KeyKind::label,
                                    false)
                            .choices(Arrays.stream(KeyKind.values())
                                    .map(KeyKind::label)
                                    .toList()),
                    Set.of(KeyKind.SECRET))
            .removal("Changes: only secret keys can be created. Existing publishable keys continue to work.");
    static final PolicyAttribute<List<String>> SCOPES = define(
                    GROUP_USE, "scopes", AttributeFormat.words("a list of client scope names", SCOPE, true), List.of())
            .removal("Stops: people can no longer give scopes to keys. Existing keys keep their scopes.");
    static final PolicyAttribute<Boolean> REQUIRE_IP = define(
                    GROUP_USE, "require-ip", AttributeFormat.flag(), false, true)
            .removal(
                    "No longer limited: a new secret key may be used from any address. Existing keys keep their addresses.");
    static final PolicyAttribute<Optional<String>> CLIENT = define(
                    GROUP_TOKENS,
                    "client",
                    AttributeFormat.text("a client id of at most 255 characters", CLIENT_ID)
                            .optional(),
                    Optional.empty())
            .removal(
                    "Stops: a token request that names no client is refused, and so are keys at Keycloak's own REST and at"
                            + " forward-auth without an audience. Changes: forward-auth with an audience makes tokens at that client.");
    static final PolicyAttribute<KeySessionMode> SESSION = define(
                    GROUP_TOKENS, "session", AttributeFormat.choice(KeySessionMode.values()), KeySessionMode.TRANSIENT)
            .removal("Stops: tokens of keys get no refresh token. Sessions that are open stay until they end.");
    static final PolicyAttribute<Duration> TOKEN_LIFESPAN = define(
                    GROUP_TOKENS,
                    "token-lifespan",
                    AttributeFormat.duration(Duration.ofSeconds(10), Duration.ofDays(1)),
                    Duration.ofMinutes(5),
                    SHORT_TOKEN)
            .removal("Changes: new tokens of keys live 5 minutes, or as long as the realm's if that is shorter.");
    static final PolicyAttribute<Boolean> KEYCLOAK_REST = define(
                    GROUP_USE, "keycloak-rest", AttributeFormat.flag(), false)
            .removal("Stops: userinfo, account REST and admin REST no longer accept keys or their tokens.");
    static final PolicyAttribute<Optional<Duration>> REAUTH_AGE = define(
                    GROUP_CREATION,
                    "reauth-age",
                    AttributeFormat.duration(Duration.ofSeconds(10), Duration.ofDays(365))
                            .optional(),
                    Optional.empty(),
                    Optional.of(RECENT_LOGIN))
            .removal("No longer limited: a login of any age suffices to create or rotate a key in a console.");
    static final PolicyAttribute<List<String>> MANAGEMENT_CLIENTS = define(
                    GROUP_CREATION,
                    "management-clients",
                    AttributeFormat.words("a list of client ids", CLIENT_ID, false),
                    List.of(Constants.ACCOUNT_CONSOLE_CLIENT_ID))
            .removal(
                    "Stops: tokens of other clients than the account console can no longer create, rotate or loosen keys.");
    static final PolicyAttribute<Optional<URI>> UPGRADE_URL = define(
                    GROUP_CREATION, "upgrade-url", AttributeFormat.webAddress().optional(), Optional.empty())
            .removal("Changes: people without a plan are not sent anywhere to get one.");
    static final PolicyAttribute<Optional<URI>> EXAMPLE_URL = define(
                    GROUP_CREATION, "example-url", AttributeFormat.webAddress().optional(), Optional.empty())
            .removal("Changes: the account console names no API to try a new key at.");
    static final PolicyAttribute<OwnerLockoutMode> LOCKOUT = define(
                    GROUP_USE, "lockout", AttributeFormat.choice(OwnerLockoutMode.values()), OwnerLockoutMode.HONOR)
            .removal("Stops: keys of an owner that brute-force detection has locked are refused until the lock ends.");
    static final PolicyAttribute<ZoneId> TIME_ZONE = define(
                    GROUP_USE, "time-zone", AttributeFormat.timeZone(), ZoneId.of("UTC"))
            .removal("Changes: days and months of credits are those of UTC, so that a period may begin anew.");
    static final PolicyAttribute<Optional<RateLimit>> RATE_LIMIT = define(
                    GROUP_USE, "rate-limit", AttributeFormat.rateLimit(), Optional.empty(), SLOW)
            .removal("No longer limited: a key may be used at any rate, unless its owner's limit stands in the way.");
    static final PolicyAttribute<Optional<RateLimit>> OWNER_RATE_LIMIT = define(
                    GROUP_USE, "owner-rate-limit", AttributeFormat.rateLimit(), Optional.empty(), SLOW)
            .removal("No longer limited: the keys of an owner together may be used at any rate.");

    private PolicyAttributes() {}

    private static <T> Definition<T> define(String group, String key, AttributeFormat<T> format, T initial) {
        return define(group, key, format, initial, initial);
    }

    private static <T> Definition<T> define(
            String group, String key, AttributeFormat<T> format, T initial, T stricter) {
        return new Definition<>(group, key, format, initial, stricter);
    }

    private record Definition<T>(String group, String key, AttributeFormat<T> format, T initial, T stricter) {

        PolicyAttribute<T> removal(String effect) {
            PolicyAttribute<T> attribute = new PolicyAttribute<>(group, key, format, initial, stricter, effect);
            DEFINED.add(attribute);
            return attribute;
        }
    }
}
