package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What becomes of those who send wrong keys, five an hour from each address, and of those whose keys they would be. */
class WrongKeysIT {

    private static final int MOST = 5;
    /** They ask for somebody else, and say for whom if they want to; or their answer has one form only. */
    private static final Set<String> ON_BEHALF =
            Set.of("introspection, with hint", "introspection, without hint", "verify");

    private static RealmFixture realm;
    private static Answer key;
    private static int addresses;

    @BeforeAll
    static void start() {
        LatchkeyServer.start(
                "WrongKeysIT",
                List.of(
                        "--proxy-headers=xforwarded",
                        "--proxy-trusted-addresses=127.0.0.1",
                        "--spi-latchkey--default--failed-key-limit=" + MOST + "/h"));
        realm = RealmFixture.create(Map.of("latchkey.keycloak-rest", "true", "latchkey.max-keys", "100"));
        RealmSetup setup = new RealmSetup(realm);
        // The name of this server is fixed, and without TLS.
        setup.realm(Map.of("sslRequired", "none"));
        Endpoint.openAll(realm);
        realm.user("victim");
        key = realm.createKey("victim", "key");
    }

    @TestFactory
    Stream<DynamicTest> afterTooManyWrongKeysADoorAsksToWaitAndStillTakesTheRightOne() {
        return doors().map(door -> dynamicTest(door.name(), () -> {
            RealmFixture attacker = realm.from(newAddress());
            String wrong = ForgedKey.withOtherSecret(key.text("key"));
            for (int i = 0; i < MOST; i++) {
                assertEquals(door.status(), door.use().apply(attacker, wrong).status());
            }

            Answer beyond = door.use().apply(attacker, wrong);

            assertEquals(429, beyond.status(), beyond::toString);
            int wait = Integer.parseInt(beyond.header("Retry-After"));
            assertTrue(wait > 600 && wait <= 720, beyond::toString);
            assertEquals("\"address\";q=5;w=3600", beyond.header("RateLimit-Policy"));
            assertTrue(
                    beyond.text().contains("slow_down") || beyond.text().contains("/problems/too-many-wrong-keys"),
                    beyond::toString);
            // Ends the key where it deletes, and so takes one of its own.
            Answer right = realm.createKey("victim", "behind " + door.name());
            assertTrue(door.accepted().test(door.use().apply(attacker, right.text("key"))));
            assertEquals(
                    door.status(),
                    door.use().apply(realm.from(newAddress()), wrong).status());
        }));
    }

    @Test
    void theAnswerTellsNotWhatIsWrongWithAKey() {
        RealmFixture attacker = realm.from(newAddress());
        Answer disabled = realm.createKey("victim", "disabled");
        realm.master()
                .patch(realm.adminKeys() + "/" + disabled.text("id"), Map.of("enabled", false))
                .expect(200);
        List<String> wrong = List.of(
                ForgedKey.withOtherSecret(key.text("key")), ForgedKey.unknown(7), "nonsense", disabled.text("key"));
        for (int i = 0; i < MOST; i++) {
            assertEquals(401, ask(attacker, wrong.get(i % wrong.size())).status());
        }

        for (String each : wrong) {
            Answer beyond = ask(attacker, each);
            assertEquals(429, beyond.status());
            assertEquals(ask(attacker, wrong.get(0)).text(), beyond.text());
        }
    }

    @Test
    void whatAnApiTellsOfItsCallersCountsAsIfTheyHadCome() {
        String address = newAddress();
        String wrong = ForgedKey.withOtherSecret(key.text("key"));
        Map<String, Object> inquiry = Map.of("key", wrong, "ip", "::ffff:" + address);
        for (int i = 0; i < MOST; i++) {
            assertEquals(
                    "invalid_key",
                    new ApiCalls(realm).verify("service", inquiry).text("code"));
        }

        JsonNode beyond =
                new ApiCalls(realm).verify("service", inquiry).expect(200).json();

        assertEquals("rate_limited", beyond.path("code").asText());
        assertFalse(beyond.path("valid").asBoolean(true));
        assertFalse(beyond.has("keyId"), beyond::toString);
        assertEquals("address", beyond.at("/limits/0/name").asText());
        assertTrue(beyond.at("/limits/0/retryAfter").asInt() > 600, beyond::toString);
        assertEquals(429, ask(realm.from(address), wrong).status());
        Map<String, Object> right = Map.of("key", key.text("key"), "ip", address);
        assertEquals("valid", new ApiCalls(realm).verify("service", right).text("code"));
        // Who says nothing of an address is not counted.
        for (int i = 0; i <= MOST; i++) {
            assertEquals(
                    "invalid_key",
                    new ApiCalls(realm).verify("service", Map.of("key", wrong)).text("code"));
        }
    }

    @Test
    void aKeyThatIsGoodButNotMeantForAnApiIsNoWrongOne() {
        RealmFixture caller = realm.from(newAddress());
        Answer elsewhere = realm.signedIn("victim")
                .post(realm.keys(), Map.of("name", "elsewhere", "audiences", List.of("app")))
                .expect(201);

        for (int i = 0; i < 2 * MOST; i++) {
            caller.anyone()
                    .with("X-API-Key", elsewhere.text("key"))
                    .get(realm.keys() + "/forward-auth?audience=service")
                    .expect(403);
        }

        assertEquals(401, ask(caller, "nonsense").status());
    }

    @Test
    void theVictimOfAFloodNoticesNothingAtItsOwnAddressOrTheAttackers() throws InterruptedException {
        String shared = newAddress();
        List<RealmFixture> attackers = new ArrayList<>(List.of(realm.from(shared)));
        for (int i = 0; i < 50; i++) {
            attackers.add(realm.from(newAddress()));
        }
        String wrong = ForgedKey.withOtherSecret(key.text("key"));
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger throttled = new AtomicInteger();
        ExecutorService flood = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 4; i++) {
            flood.execute(() -> {
                for (int next = 0; !over.get(); next++) {
                    int status =
                            ask(attackers.get(next % attackers.size()), wrong).status();
                    throttled.addAndGet(status == 429 ? 1 : 0);
                }
            });
        }
        try {
            Eventually.expect(() -> throttled.get() > 200);

            for (int i = 0; i < 100; i++) {
                assertEquals(200, ask(realm.from(shared), key.text("key")).status());
                assertEquals(200, ask(realm, key.text("key")).status());
                realm.from(shared).exchange(key.text("key")).expect(200);
            }
        } finally {
            over.set(true);
            flood.shutdown();
            assertTrue(flood.awaitTermination(1, TimeUnit.MINUTES));
        }
        Answer seen = realm.master().get(realm.adminKeys() + "/" + key.text("id"));
        assertEquals("active", seen.expect(200).text("status"));
    }

    private static Stream<Endpoint> doors() {
        return Endpoint.ALL.stream().filter(door -> !ON_BEHALF.contains(door.name()));
    }

    private static Answer ask(RealmFixture caller, String presented) {
        return caller.anyone().with("X-API-Key", presented).get(caller.keys() + "/forward-auth");
    }

    private static String newAddress() {
        return "198.51.100." + ++addresses;
    }
}
