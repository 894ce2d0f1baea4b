package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** How often keys may be used, behind every door: five times an hour, and all keys of an owner eight times. */
class RateLimitIT {

    /** What tells about a key, or ends it. */
    private static final Set<String> UNLIMITED =
            Set.of("introspection, with hint", "introspection, without hint", "self, delete");
    /** What speaks OAuth, and what has no answer but its document. */
    private static final Set<String> OAUTH =
            Set.of("token endpoint, header", "token endpoint, form", "token exchange", "direct-grant flow");

    private static RealmFixture realm;
    private static RealmSetup setup;
    private static int numbers;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of(
                "latchkey.keycloak-rest", "true",
                "latchkey.max-keys", "100",
                "latchkey.rate-limit", "5/h",
                "latchkey.owner-rate-limit", "8/h burst 20"));
        setup = new RealmSetup(realm);
        Endpoint.openAll(realm);
    }

    @TestFactory
    Stream<DynamicTest> everyDoorRefusesTheSixthUseAndNoneBeforeIt() {
        return Endpoint.ALL.stream()
                .filter(door -> !UNLIMITED.contains(door.name()))
                .map(door -> dynamicTest(door.name(), () -> {
                    Answer key = newKey();
                    use(key, 4);

                    Answer last = door.use().apply(realm, key.text("key"));
                    assertTrue(door.accepted().test(last), last::toString);
                    Answer beyond = door.use().apply(realm, key.text("key"));

                    assertLimited(door, last, beyond);
                    assertRecorded(key);
                }));
    }

    @TestFactory
    Stream<DynamicTest> whatOnlyTellsAboutAKeyOrEndsItHasNoLimit() {
        return Endpoint.ALL.stream()
                .filter(door -> UNLIMITED.contains(door.name()))
                .map(door -> dynamicTest(door.name(), () -> {
                    Answer key = newKey();
                    use(key, 5);

                    Answer answer = door.use().apply(realm, key.text("key"));

                    assertTrue(door.accepted().test(answer), answer::toString);
                    assertEquals("", answer.header("RateLimit"));
                }));
    }

    private static void assertLimited(Endpoint door, Answer last, Answer beyond) {
        assertFalse(door.accepted().test(beyond), beyond::toString);
        if (door.name().equals("verify")) {
            assertEquals(200, beyond.status());
            assertEquals("rate_limited", beyond.text("code"));
            return;
        }
        assertEquals(429, beyond.status(), beyond::toString);
        String policy = "\"key\";q=5;w=3600, \"owner\";q=8;w=3600;burst=20";
        assertEquals(policy, last.header("RateLimit-Policy"));
        assertEquals("\"key\";r=0;t=3600, \"owner\";r=15;t=2250", last.header("RateLimit"));
        assertEquals("", last.header("Retry-After"));
        assertEquals(policy, beyond.header("RateLimit-Policy"));
        int wait = Integer.parseInt(beyond.header("Retry-After"));
        assertTrue(wait > 600 && wait <= 720, beyond::toString);
        assertEquals("no-store", beyond.header("Cache-Control"));
        assertEquals(
                OAUTH.contains(door.name()) ? "slow_down" : "https://latchkey.io/problems/rate-limited",
                beyond.text(OAUTH.contains(door.name()) ? "error" : "type"));
    }

    private static void assertRecorded(Answer key) {
        WrittenRefusals.await(realm);
        Answer events = realm.master().get(realm.admin("/events?max=500"));
        boolean recorded = false;
        for (JsonNode event : events.expect(200).json()) {
            recorded |= event.at("/details/credential_id").asText().equals(key.text("id"))
                    && event.at("/details/reason").asText().equals("api_key_rate_limited")
                    && event.path("error").asText().equals("slow_down");
        }
        assertTrue(recorded, events::text);
    }

    @Test
    void verifySaysHowAKeyStandsAndNothingMayBeKeptForAnotherCall() {
        Answer key = newKey();

        Answer first = verify(key, Map.of()).expect(200);

        JsonNode limit = first.json().at("/limits/0");
        assertEquals("key 5/h 4 720 0", values(limit));
        assertEquals("owner 8/h burst 20 19 450 0", values(first.json().at("/limits/1")));
        assertFalse(Instant.parse(first.text("cacheUntil")).isAfter(Instant.now()));
        use(key, 4);
        Answer beyond = verify(key, Map.of()).expect(200);
        assertFalse(beyond.json().path("valid").asBoolean());
        assertEquals(key.text("id"), beyond.text("keyId"));
        assertEquals(0, beyond.json().at("/limits/0/remaining").asInt(-1));
        assertTrue(beyond.json().at("/limits/0/retryAfter").asInt() > 600);
        assertTrue(
                Instant.parse(beyond.text("cacheUntil")).isAfter(Instant.now().plusSeconds(5)));
    }

    private static String values(JsonNode limit) {
        List<String> values = new ArrayList<>();
        limit.forEach(value -> values.add(value.asText()));
        return String.join(" ", values);
    }

    @Test
    void answersThatAreGivenAgainAreCountedAndSayWhatIsLeft() {
        try (RealmFixture other = RealmFixture.create(Map.of("latchkey.rate-limit", "12/h"))) {
            new RealmSetup(other).client("service", Map.of("secret", RealmFixture.SECRET));
            other.user("alice");
            for (boolean verify : List.of(true, false)) {
                String key = other.createKey("alice", "key " + verify).text("key");
                ApiClient holder = other.anyone().with("X-API-Key", key);
                for (int left = 11; left >= 0; left--) {
                    if (verify) {
                        Answer verdict = new ApiCalls(other)
                                .verify("service", Map.of("key", key))
                                .expect(200);
                        assertEquals("valid", verdict.text("code"));
                        assertEquals(
                                left, verdict.json().at("/limits/0/remaining").asInt(-1));
                    } else {
                        String state = holder.get(other.keys() + "/forward-auth")
                                .expect(200)
                                .header("RateLimit");
                        assertTrue(state.startsWith("\"key\";r=" + left + ";"), state);
                    }
                }

                holder.get(other.keys() + "/forward-auth").expect(429);
                assertEquals(
                        "rate_limited",
                        new ApiCalls(other)
                                .verify("service", Map.of("key", key))
                                .text("code"));
            }
        }
    }

    @Test
    void aDryRunTakesNothingAndSaysWhatWouldBe() {
        Answer key = newKey();

        for (int i = 0; i < 7; i++) {
            assertTrue(verify(key, Map.of("dryRun", true)).json().path("valid").asBoolean());
        }
        use(key, 5);
        assertEquals("rate_limited", verify(key, Map.of("dryRun", true)).text("code"));
    }

    @Test
    void aRefusedUseIsNoUseAndTakesNothingFromTheOwner() {
        Answer key = newKey();
        use(key, 5);

        for (int i = 0; i < 30; i++) {
            assertEquals(429, forwardAuth(key).status());
        }

        Answer another = keyOf(key, "another");
        assertTrue(forwardAuth(another).expect(200).header("RateLimit").contains("\"owner\";r=14"));
    }

    @Test
    void theReplacementOfAKeyHasWhatIsLeftOfIt() {
        Answer key = newKey();
        use(key, 3);
        Answer next = realm.master()
                .post(realm.adminKeys() + "/" + key.text("id") + "/rotate", Map.of("gracePeriod", "PT1H"))
                .expect(201);

        use(next, 2);

        assertEquals(429, forwardAuth(next).status());
        assertEquals(429, forwardAuth(key).status());
    }

    @Test
    void wrongKeysTakeNothingFromTheirVictim() {
        Answer key = newKey();
        String forged = ForgedKey.withOtherSecret(key.text("key"));
        for (int i = 0; i < 50; i++) {
            Endpoint.ALL.forEach(
                    door -> assertFalse(door.accepted().test(door.use().apply(realm, forged))));
        }

        use(key, 5);
    }

    @Test
    void aPlanThatIsGivenOrTakenAwayCountsAtOnce() {
        String name = "user-" + ++numbers;
        String user = realm.user(name);
        Answer key = realm.createKey(name, "key");
        use(key, 5);
        assertEquals(429, forwardAuth(key).status());

        new RealmSetup(realm)
                .giveRealmRole(user, "professional", Map.of("latchkey.rate-limit", List.of("1000000/min burst 1000")));
        Eventually.within(Duration.ofSeconds(1), () -> forwardAuth(key).status() == 200);
        use(key, 10);
        assertTrue(forwardAuth(key).header("RateLimit-Policy").startsWith("\"key\";q=1000000;w=60;burst=1000"));

        setup.withdrawRole(user, "professional");
        assertTrue(forwardAuth(key).header("RateLimit-Policy").startsWith("\"key\";q=5;w=3600,"));
    }

    @Test
    void anotherPolicyCountsAtOnceAndGivesNothingBack() {
        try (RealmFixture other = RealmFixture.create(Map.of("latchkey.rate-limit", "1/h"))) {
            other.user("alice");
            ApiClient holder = other.anyone()
                    .with("X-API-Key", other.createKey("alice", "key").text("key"));
            String door = other.keys() + "/forward-auth";
            holder.get(door).expect(200);
            holder.get(door).expect(429);

            other.policy(Map.of());
            assertEquals("", holder.get(door).expect(200).header("RateLimit"));
            other.policy(Map.of("rateLimit", "2/h"));

            holder.get(door).expect(429);
        }
    }

    @Test
    void peopleSeeTheirLimitsAndAdministratorsAreToldWhatIsWrong() {
        String name = "user-" + ++numbers;
        realm.user(name);

        JsonNode limits = realm.signedIn(name)
                .get(realm.keys() + "/policy")
                .expect(200)
                .json()
                .path("limits");

        assertEquals("{\"rateLimit\":\"5/h\",\"ownerRateLimit\":\"8/h burst 20\"}", limits.toString());
        Answer wrong = realm.master().put(realm.adminKeys() + "/policy", Map.of("rateLimit", "many"));
        assertEquals("rateLimit", wrong.expect(400).json().at("/errors/0/field").asText());
    }

    @Test
    void nothingIsSaidWhereNothingIsLimited() {
        try (RealmFixture free = RealmFixture.create(Map.of())) {
            free.user("alice");
            Answer key = free.createKey("alice", "key");

            Answer answer = free.anyone().with("X-API-Key", key.text("key")).get(free.keys() + "/forward-auth");

            assertEquals("", answer.expect(200).header("RateLimit") + answer.header("RateLimit-Policy"));
            assertTrue(new ApiCalls(free)
                    .verify("service", Map.of("key", key.text("key")))
                    .json()
                    .path("limits")
                    .isNull());
        }
    }

    /** A key of somebody new. */
    private static Answer newKey() {
        String name = "user-" + ++numbers;
        realm.user(name);
        return realm.createKey(name, "key");
    }

    private static Answer keyOf(Answer other, String name) {
        return realm.master()
                .post(
                        realm.adminKeys(),
                        Map.of(
                                "name",
                                name,
                                "owner",
                                Map.of("name", other.json().at("/owner/name").asText())))
                .expect(201);
    }

    private static void use(Answer key, int times) {
        for (int i = 0; i < times; i++) {
            forwardAuth(key).expect(200);
        }
    }

    private static Answer forwardAuth(Answer key) {
        return realm.anyone().with("X-API-Key", key.text("key")).get(realm.keys() + "/forward-auth");
    }

    private static Answer verify(Answer key, Map<String, ?> more) {
        Map<String, Object> inquiry = new LinkedHashMap<>(more);
        inquiry.put("key", key.text("key"));
        return new ApiCalls(realm).verify("service", inquiry);
    }
}
