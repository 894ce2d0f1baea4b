package io.latchkey.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OwnerPolicyTest {
    private static final Map<String, String> NO_PLAN = Map.of("department", "sales");
    private static final Map<String, String> PLAN = Map.of("latchkey.max-keys", "20");

    @Test
    void withoutPlansTheRealmDecides() {
        OwnerPolicy terms = OwnerPolicy.of(
                realm(Map.of("latchkey.max-keys", "5", "latchkey.max-lifetime", "P30D")), List.of(NO_PLAN));

        assertEquals(new OwnerPolicy(false, 5, days(30), days(30), RateLimits.NONE), terms);
    }

    @Test
    void mostGenerousPlanWinsForEachNumber() {
        RealmPolicy realm = realm(
                Map.of("latchkey.max-keys", "5", "latchkey.default-lifetime", "P7D", "latchkey.max-lifetime", "P30D"));
        Map<String, String> many = Map.of("latchkey.max-keys", "50", "latchkey.max-lifetime", "P60D");
        Map<String, String> lasting =
                Map.of("latchkey.max-keys", "20", "latchkey.max-lifetime", "never", "latchkey.default-lifetime", "P1Y");

        assertEquals(
                new OwnerPolicy(false, 50, days(365), KeyLifetime.NEVER, RateLimits.NONE),
                OwnerPolicy.of(realm, List.of(many, lasting)));
        assertEquals(
                new OwnerPolicy(false, 50, days(365), KeyLifetime.NEVER, RateLimits.NONE),
                OwnerPolicy.of(realm, List.of(lasting, many)));
    }

    @Test
    void planNeverNarrows() {
        RealmPolicy realm = realm(Map.of());
        Map<String, String> narrow =
                Map.of("latchkey.max-keys", "1", "latchkey.max-lifetime", "P1D", "latchkey.default-lifetime", "P1D");

        assertEquals(
                new OwnerPolicy(false, 10, days(90), KeyLifetime.NEVER, RateLimits.NONE),
                OwnerPolicy.of(realm, List.of(narrow)));
    }

    @Test
    void theMostGenerousRateWinsForKeyAndOwnerEach() {
        RealmPolicy realm = realm(Map.of("latchkey.rate-limit", "1/s", "latchkey.owner-rate-limit", "5/s"));
        Map<String, String> fast = Map.of("latchkey.rate-limit", "10/s", "latchkey.owner-rate-limit", "2/s");
        Map<String, String> free = Map.of("latchkey.rate-limit", "500/min burst 900");
        Map<String, String> unlimited = Map.of("latchkey.owner-rate-limit", "unlimited");

        assertEquals(
                rates("10/s", "5/s"), OwnerPolicy.of(realm, List.of(fast, free)).rates());
        assertEquals(
                new RateLimits(RateLimit.parse("500/min burst 900"), Optional.empty()),
                OwnerPolicy.of(realm, List.of(unlimited, free)).rates());
    }

    @Test
    void aPlanLimitsNobodyWhomTheRealmDoesNotLimit() {
        Map<String, String> plan = Map.of("latchkey.rate-limit", "10/s", "latchkey.owner-rate-limit", "1/s");

        assertEquals(
                RateLimits.NONE, OwnerPolicy.of(realm(Map.of()), List.of(plan)).rates());
    }

    @Test
    void wrongValuesOfAPlanDoNotCount() {
        RealmPolicy realm = realm(Map.of("latchkey.max-lifetime", "P30D"));
        Map<String, String> wrong = Map.of(
                "latchkey.max-keys", "20000", "latchkey.max-lifetime", "forever", "latchkey.default-lifetime", " ");

        assertEquals(
                new OwnerPolicy(false, 10, days(30), days(30), RateLimits.NONE), OwnerPolicy.of(realm, List.of(wrong)));
    }

    @Test
    void defaultOfAPlanStaysWithinTheLongest() {
        RealmPolicy realm = realm(Map.of("latchkey.max-lifetime", "P30D"));
        Map<String, String> plan = Map.of("latchkey.default-lifetime", "never");

        assertEquals(days(30), OwnerPolicy.of(realm, List.of(plan)).defaultLifetime());
    }

    @Test
    void creationSaysWhoMayMakeKeys() {
        assertTrue(mayCreate("everyone", NO_PLAN));
        assertFalse(mayCreate("plan", NO_PLAN));
        assertTrue(mayCreate("plan", PLAN));
        assertFalse(mayCreate("admins", PLAN));
    }

    @Test
    void anyAttributeOfOursMakesARoleAPlan() {
        assertTrue(mayCreate("plan", Map.of("latchkey.plan", "")));
        assertFalse(mayCreate("plan", Map.of("latchkeys", "x")));
    }

    private static boolean mayCreate(String creation, Map<String, String> role) {
        return OwnerPolicy.of(realm(Map.of("latchkey.creation", creation)), List.of(Map.of(), role))
                .mayCreate();
    }

    private static RealmPolicy realm(Map<String, String> attributes) {
        return RealmPolicy.read(attributes::get);
    }

    private static RateLimits rates(String key, String owner) {
        return new RateLimits(RateLimit.parse(key), RateLimit.parse(owner));
    }

    private static KeyLifetime days(int days) {
        return KeyLifetime.of(Duration.ofDays(days));
    }
}
