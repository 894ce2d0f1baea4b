package io.latchkey.policy;

import io.latchkey.key.KeyKind;
import io.latchkey.model.KeyBounds;
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
 * Reads the policy of a realm from its attributes. Reading never fails: a missing attribute has its default, and an
 * invalid one is read more strictly than its author may have meant, so that a typing error permits nothing and stops no key.
 *
 * @param creation who may create keys in self-service
 * @param maxKeys most keys in use of one owner
 * @param defaultLifetime of keys that are created without an end; never longer than {@code maxLifetime}
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
        SelfServiceMode creation,
        int maxKeys,
        KeyLifetime defaultLifetime,
        KeyLifetime maxLifetime,
        String brand,
        Optional<String> env,
        Set<KeyKind> kinds,
        List<String> scopes,
        boolean requireIp,
        Optional<String> client,
        KeySessionMode session,
        Duration tokenLifespan,
        boolean keycloakRest,
        Optional<Duration> reauthAge,
        List<String> managementClients,
        Optional<URI> upgradeUrl,
        Optional<URI> exampleUrl,
        OwnerLockoutMode lockout,
        ZoneId timeZone,
        RateLimits rates) {

    /** Lists who may create keys in self-service. */
    public enum SelfServiceMode {
        /** Every user who may manage the own account. */
        EVERYONE,
        /** Only users who hold a plan. */
        PLAN,
        /** Only administrators create keys. */
        ADMINS
    }

    /** Lists the kinds of session behind a token made from a key. */
    public enum KeySessionMode {
        /** No stored session and no refresh token, as with {@code client_credentials}. */
        TRANSIENT,
        /** A session of the realm, listed among the sessions of its owner. */
        ONLINE
    }

    /** Lists whether a brute-force lockout of an owner also stops the owner's keys. */
    public enum OwnerLockoutMode {
        /** A locked owner cannot use keys. */
        HONOR,
        /** Guessing a user's password cannot stop the user's machines. */
        IGNORE
    }

    /**
     * Names a policy attribute that was set and has been removed from the realm.
     *
     * @param effect what stops, or is no longer limited; for administrators
     */
    public record RemovedAttribute(String attribute, String effect) {}

    /** The realm attribute that names the client used when a request names none. */
    public static final String CLIENT_ATTRIBUTE = PolicyAttributes.CLIENT.name();

    /** The realm attribute that names the clients whose tokens may create, rotate or loosen keys. */
    public static final String MANAGEMENT_CLIENTS_ATTRIBUTE = PolicyAttributes.MANAGEMENT_CLIENTS.name();

    /** Reads the policy. The function answers {@code null} for an attribute that is not there. */
    public static RealmPolicy read(Function<String, String> attributes) {
        KeyLifetime maxLifetime = PolicyAttributes.MAX_LIFETIME.read(attributes);
        return new RealmPolicy(
                PolicyAttributes.CREATION.read(attributes),
                PolicyAttributes.MAX_KEYS.read(attributes),
                PolicyAttributes.DEFAULT_LIFETIME.read(attributes).shorterOf(maxLifetime),
                maxLifetime,
                PolicyAttributes.BRAND.read(attributes),
                PolicyAttributes.ENV.read(attributes),
                PolicyAttributes.KINDS.read(attributes),
                PolicyAttributes.SCOPES.read(attributes),
                PolicyAttributes.REQUIRE_IP.read(attributes),
                PolicyAttributes.CLIENT.read(attributes),
                PolicyAttributes.SESSION.read(attributes),
                PolicyAttributes.TOKEN_LIFESPAN.read(attributes),
                PolicyAttributes.KEYCLOAK_REST.read(attributes),
                PolicyAttributes.REAUTH_AGE.read(attributes),
                PolicyAttributes.MANAGEMENT_CLIENTS.read(attributes),
                PolicyAttributes.UPGRADE_URL.read(attributes),
                PolicyAttributes.EXAMPLE_URL.read(attributes),
                PolicyAttributes.LOCKOUT.read(attributes),
                PolicyAttributes.TIME_ZONE.read(attributes),
                new RateLimits(
                        PolicyAttributes.RATE_LIMIT.read(attributes),
                        PolicyAttributes.OWNER_RATE_LIMIT.read(attributes)));
    }

    /** Limits of every new key, also of those that administrators create. Plans do not widen them. */
    public KeyBounds bounds() {
        return new KeyBounds(kinds, maxLifetime.limit(), requireIp);
    }

    /** Violations of the attributes, by name. Never repeats a value. */
    public static List<FieldError> faults(Function<String, String> attributes) {
        Stream<FieldError> wrongValues =
                PolicyAttributes.ALL.stream().flatMap(attribute -> attribute.fault(attributes).stream());
        Stream<FieldError> wrongTogether = Stream.of(PolicyAttributes.DEFAULT_LIFETIME)
                .filter(attribute -> defaultOutlivesMax(attributes))
                .map(attribute -> new FieldError(
                        attribute.name(), "must not be longer than " + PolicyAttributes.MAX_LIFETIME.name()));
        return Stream.concat(wrongValues, wrongTogether).toList();
    }

    /** Names of the attributes of the policy that are set, to whatever value. */
    public static Set<String> set(Function<String, String> attributes) {
        return PolicyAttributes.ALL.stream()
                .filter(attribute -> attribute.isSet(attributes))
                .map(PolicyAttribute::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Those of the named attributes that are not set, each with the effect of its removal. */
    public static List<RemovedAttribute> removed(Set<String> names, Function<String, String> attributes) {
        return PolicyAttributes.ALL.stream()
                .filter(attribute -> names.contains(attribute.name()) && !attribute.isSet(attributes))
                .map(attribute -> new RemovedAttribute(attribute.name(), attribute.removalEffect()))
                .toList();
    }

    // A default that is not set is shortened to the limit without an error.
    static boolean defaultOutlivesMax(Function<String, String> attributes) {
        KeyLifetime max =
                PolicyAttributes.MAX_LIFETIME.find(attributes).orElse(PolicyAttributes.MAX_LIFETIME.initial());
        return PolicyAttributes.DEFAULT_LIFETIME
                .find(attributes)
                .filter(lifetime -> lifetime.isLongerThan(max))
                .isPresent();
    }
}
