package io.latchkey.policy;

import io.latchkey.key.KeyKind;
import io.latchkey.model.PolicyBounds;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a realm's attributes say about keys. Reading never fails: what is missing has its default, and what is wrong is read
 * more strictly than its author may have meant, so that a slip of the pen opens nothing and stops no key.
 *
 * @param creation who may make keys for themselves
 * @param maxKeys most active keys of one owner
 * @param defaultLifetime for keys made without an end; never longer than {@code maxLifetime}
 * @param brand first part of every new key
 * @param scopes client scopes that people may give to keys
 * @param client client used when a request names none
 * @param tokenLifespan life of a token made from a key, unless the realm's own is shorter
 * @param keycloakRest whether Keycloak's own REST takes keys
 * @param reauthAge a login no older than this is needed to make or rotate a key in a console
 * @param managementClients client ids whose tokens may create, rotate or loosen keys in the self-service
 * @param upgradeUrl where people get a plan
 * @param exampleUrl address of an API to try a new key at
 * @param timeZone whose days and months are those of credits
 * @param rates how often keys may be used
 */
public record RealmPolicy(
        Creation creation,
        int maxKeys,
        Lifetime defaultLifetime,
        Lifetime maxLifetime,
        String brand,
        Optional<String> env,
        Set<KeyKind> kinds,
        List<String> scopes,
        boolean requireIp,
        Optional<String> client,
        SessionMode session,
        Duration tokenLifespan,
        boolean keycloakRest,
        Optional<Duration> reauthAge,
        List<String> managementClients,
        Optional<URI> upgradeUrl,
        Optional<URI> exampleUrl,
        Lockout lockout,
        ZoneId timeZone,
        RateLimits rates) {

    /** The realm attribute that names the client used when a request names none. */
    public static final String CLIENT_ATTRIBUTE = PolicyTable.CLIENT.name();

    /** The realm attribute that names the clients whose tokens may create, rotate or loosen keys. */
    public static final String MANAGEMENT_CLIENTS_ATTRIBUTE = PolicyTable.MANAGEMENT_CLIENTS.name();

    /** Reads the policy. The function answers {@code null} for an attribute that is not there. */
    public static RealmPolicy read(Function<String, String> attributes) {
        Lifetime maxLifetime = PolicyTable.MAX_LIFETIME.read(attributes);
        return new RealmPolicy(
                PolicyTable.CREATION.read(attributes),
                PolicyTable.MAX_KEYS.read(attributes),
                PolicyTable.DEFAULT_LIFETIME.read(attributes).shorterOf(maxLifetime),
                maxLifetime,
                PolicyTable.BRAND.read(attributes),
                PolicyTable.ENV.read(attributes),
                PolicyTable.KINDS.read(attributes),
                PolicyTable.SCOPES.read(attributes),
                PolicyTable.REQUIRE_IP.read(attributes),
                PolicyTable.CLIENT.read(attributes),
                PolicyTable.SESSION.read(attributes),
                PolicyTable.TOKEN_LIFESPAN.read(attributes),
                PolicyTable.KEYCLOAK_REST.read(attributes),
                PolicyTable.REAUTH_AGE.read(attributes),
                PolicyTable.MANAGEMENT_CLIENTS.read(attributes),
                PolicyTable.UPGRADE_URL.read(attributes),
                PolicyTable.EXAMPLE_URL.read(attributes),
                PolicyTable.LOCKOUT.read(attributes),
                PolicyTable.TIME_ZONE.read(attributes),
                new RateLimits(PolicyTable.RATE_LIMIT.read(attributes), PolicyTable.OWNER_RATE_LIMIT.read(attributes)));
    }

    /** What a new key has to meet, whoever makes it. Plans do not count: they are the owner's. */
    public PolicyBounds bounds() {
        return new PolicyBounds(kinds, maxLifetime.limit(), requireIp);
    }

    /** What is wrong with the attributes, by their names. Never repeats a value. */
    public static List<Violation> faults(Function<String, String> attributes) {
        Stream<Violation> wrongValues =
                PolicyTable.ALL.stream().flatMap(attribute -> attribute.fault(attributes).stream());
        Stream<Violation> wrongTogether = Stream.of(PolicyTable.DEFAULT_LIFETIME)
                .filter(attribute -> defaultOutlivesMax(attributes))
                .map(attribute ->
                        new Violation(attribute.name(), "must not be longer than " + PolicyTable.MAX_LIFETIME.name()));
        return Stream.concat(wrongValues, wrongTogether).toList();
    }

    /** Names of the attributes of the policy that are set, to whatever value. */
    public static Set<String> set(Function<String, String> attributes) {
        return PolicyTable.ALL.stream()
                .filter(attribute -> attribute.isSet(attributes))
                .map(PolicyAttribute::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Those of the named attributes that are not set, with what that means. */
    public static List<RemovedAttribute> removed(Set<String> names, Function<String, String> attributes) {
        return PolicyTable.ALL.stream()
                .filter(attribute -> names.contains(attribute.name()) && !attribute.isSet(attributes))
                .map(attribute -> new RemovedAttribute(attribute.name(), RemovalEffect.of(attribute)))
                .toList();
    }

    // A default nobody set gives way to the limit without a word.
    static boolean defaultOutlivesMax(Function<String, String> attributes) {
        Lifetime max = PolicyTable.MAX_LIFETIME.find(attributes).orElse(PolicyTable.MAX_LIFETIME.initial());
        return PolicyTable.DEFAULT_LIFETIME
                .find(attributes)
                .filter(lifetime -> lifetime.isLongerThan(max))
                .isPresent();
    }
}
