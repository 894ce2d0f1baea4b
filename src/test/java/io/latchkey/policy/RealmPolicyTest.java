package io.latchkey.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.key.KeyKind;
import io.latchkey.policy.RealmPolicy.KeySessionMode;
import io.latchkey.policy.RealmPolicy.OwnerLockoutMode;
import io.latchkey.policy.RealmPolicy.SelfServiceMode;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RealmPolicyTest {
    private static final RealmPolicy DEFAULTS = new RealmPolicy(
            SelfServiceMode.ADMINS,
            10,
            KeyLifetime.of(Duration.ofDays(90)),
            KeyLifetime.NEVER,
            "kc",
            Optional.empty(),
            Set.of(KeyKind.SECRET),
            List.of(),
            false,
            Optional.empty(),
            KeySessionMode.TRANSIENT,
            Duration.ofMinutes(5),
            false,
            Optional.empty(),
            List.of("account-console"),
            Optional.empty(),
            Optional.empty(),
            OwnerLockoutMode.HONOR,
            ZoneId.of("UTC"),
            RateLimits.NONE);

    @Test
    void missingAttributesHaveTheirDefaults() {
        assertEquals(DEFAULTS, RealmPolicy.read(name -> null));
        assertEquals(List.of(), RealmPolicy.faults(name -> null));
    }

    @Test
    void blankAttributesHaveTheirDefaults() {
        assertEquals(DEFAULTS, RealmPolicy.read(name -> "  "));
        assertEquals(List.of(), RealmPolicy.faults(name -> "  "));
    }

    @Test
    void readsEveryAttribute() {
        Map<String, String> attributes = Map.ofEntries(
                Map.entry("latchkey.creation", "everyone"),
                Map.entry("latchkey.max-keys", "3"),
                Map.entry("latchkey.default-lifetime", "P7D"),
                Map.entry("latchkey.max-lifetime", "P1Y"),
                Map.entry("latchkey.brand", " kwi "),
                Map.entry("latchkey.env", "live"),
                Map.entry("latchkey.kinds", "publishable  secret"),
                Map.entry("latchkey.scopes", "read write read"),
                Map.entry("latchkey.require-ip", "true"),
                Map.entry("latchkey.client", "my app"),
                Map.entry("latchkey.session", "online"),
                Map.entry("latchkey.token-lifespan", "PT1H"),
                Map.entry("latchkey.keycloak-rest", "true"),
                Map.entry("latchkey.reauth-age", "PT15M"),
                Map.entry("latchkey.management-clients", "shop  account-console shop"),
                Map.entry("latchkey.upgrade-url", "https://example.org/plans?from=keys"),
                Map.entry("latchkey.example-url", "https://api.example.org/orders"),
                Map.entry("latchkey.lockout", "ignore"),
                Map.entry("latchkey.time-zone", "Europe/Berlin"),
                Map.entry("latchkey.rate-limit", "10/s  burst 20"),
                Map.entry("latchkey.owner-rate-limit", "1000/PT1H"));

        RealmPolicy policy = RealmPolicy.read(attributes::get);

        RealmPolicy expected = new RealmPolicy(
                SelfServiceMode.EVERYONE,
                3,
                KeyLifetime.of(Duration.ofDays(7)),
                KeyLifetime.of(Duration.ofDays(365)),
                "kwi",
                Optional.of("live"),
                Set.of(KeyKind.SECRET, KeyKind.PUBLISHABLE),
                List.of("read", "write"),
                true,
                Optional.of("my app"),
                KeySessionMode.ONLINE,
                Duration.ofHours(1),
                true,
                Optional.of(Duration.ofMinutes(15)),
                List.of("shop", "account-console"),
                Optional.of(URI.create("https://example.org/plans?from=keys")),
                Optional.of(URI.create("https://api.example.org/orders")),
                OwnerLockoutMode.IGNORE,
                ZoneId.of("Europe/Berlin"),
                new RateLimits(
                        Optional.of(new RateLimit(10, Duration.ofSeconds(1), 20)),
                        Optional.of(new RateLimit(1000, Duration.ofHours(1), 1000))));
        assertEquals(expected, policy);
        assertEquals(List.of(), RealmPolicy.faults(attributes::get));
    }

    @Test
    void wrongValuesAreReadMoreStrictly() {
        RealmPolicy policy = RealmPolicy.read(name -> "\u0000 wrong");

        assertEquals(SelfServiceMode.ADMINS, policy.creation());
        assertEquals(0, policy.maxKeys());
        assertEquals(KeyLifetime.of(Duration.ofDays(1)), policy.defaultLifetime());
        assertEquals(KeyLifetime.of(Duration.ofDays(1)), policy.maxLifetime());
        assertEquals("kc", policy.brand());
        assertEquals(Optional.empty(), policy.env());
        assertEquals(Set.of(), policy.kinds());
        assertEquals(List.of("wrong"), policy.scopes());
        assertTrue(policy.requireIp());
        assertEquals(Optional.empty(), policy.client());
        assertEquals(KeySessionMode.TRANSIENT, policy.session());
        assertEquals(Duration.ofMinutes(1), policy.tokenLifespan());
        assertFalse(policy.keycloakRest());
        assertEquals(Optional.of(Duration.ofMinutes(5)), policy.reauthAge());
        assertEquals(List.of("wrong"), policy.managementClients());
        assertEquals(Optional.empty(), policy.upgradeUrl());
        assertEquals(Optional.empty(), policy.exampleUrl());
        assertEquals(OwnerLockoutMode.HONOR, policy.lockout());
        assertEquals(ZoneId.of("UTC"), policy.timeZone());
        Optional<RateLimit> slow = Optional.of(new RateLimit(1, Duration.ofSeconds(1), 1));
        assertEquals(new RateLimits(slow, slow), policy.rates());
    }

    @Test
    void everyWrongValueIsReportedByItsAttribute() {
        List<FieldError> faults = RealmPolicy.faults(name -> "\u0000 wrong");

        assertEquals(
                PolicyAttributes.ALL.stream().map(PolicyAttribute::name).toList(),
                faults.stream().map(FieldError::field).toList());
        assertEquals(
                new FieldError("latchkey.max-keys", "must be a whole number from 0 to 10000; read as 0"),
                faults.get(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "latchkey.max-keys|-1",
                "latchkey.max-keys|10001",
                "latchkey.max-keys|9999999999999",
                "latchkey.max-keys|+5",
                "latchkey.max-keys|٥",
                "latchkey.brand|k",
                "latchkey.brand|1kc",
                "latchkey.brand|Kwi",
                "latchkey.brand|elevenchars",
                "latchkey.env|prod",
                "latchkey.kinds|secret sk",
                "latchkey.scopes|read \"write\"",
                "latchkey.require-ip|yes",
                "latchkey.token-lifespan|PT9S",
                "latchkey.token-lifespan|PT24H1S",
                "latchkey.token-lifespan|never",
                "latchkey.reauth-age|PT0S",
                "latchkey.upgrade-url|javascript:alert(1)",
                "latchkey.example-url|javascript:alert(1)",
                "latchkey.upgrade-url|/plans",
                "latchkey.upgrade-url|https:plans",
                "latchkey.upgrade-url|https://bank.example@evil.example/",
                "latchkey.upgrade-url|https://exa mple.org",
            })
    void reportsWrongValue(String name, String value) {
        List<FieldError> faults = RealmPolicy.faults(Map.of(name, value)::get);

        assertEquals(List.of(name), faults.stream().map(FieldError::field).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret banana", "secret,publishable secret"})
    void wrongKindsLeaveThoseThatAreRight(String kinds) {
        assertEquals(
                Set.of(KeyKind.SECRET),
                RealmPolicy.read(Map.of("latchkey.kinds", kinds)::get).kinds());
    }

    @Test
    void unsetDefaultLifetimeGivesWayToTheLongest() {
        Map<String, String> attributes = Map.of("latchkey.max-lifetime", "P30D");

        assertEquals(
                KeyLifetime.of(Duration.ofDays(30)),
                RealmPolicy.read(attributes::get).defaultLifetime());
        assertEquals(List.of(), RealmPolicy.faults(attributes::get));
    }

    @Test
    void defaultLifetimeBeyondTheLongestIsReportedAndCut() {
        Map<String, String> attributes = Map.of("latchkey.max-lifetime", "P30D", "latchkey.default-lifetime", "never");

        assertEquals(
                KeyLifetime.of(Duration.ofDays(30)),
                RealmPolicy.read(attributes::get).defaultLifetime());
        assertEquals(
                List.of(new FieldError("latchkey.default-lifetime", "must not be longer than latchkey.max-lifetime")),
                RealmPolicy.faults(attributes::get));
    }
}
