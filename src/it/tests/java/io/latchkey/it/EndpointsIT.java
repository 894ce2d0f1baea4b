package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import io.latchkey.it.BrokenKeys.Broken;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every reason behind every door: the same verdict, the door's one answer, and the reason in the event only. */
class EndpointsIT {

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    /** What doors call a key that they would refuse for a reason of their own. */
    private static final Map<String, List<String>> OTHER_NAMES =
            Map.of("publishable", List.of("origin_not_allowed"), "client_disabled", List.of("owner_cannot_sign_in"));

    private static RealmFixture realm;
    private static RealmSetup setup;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of(
                "latchkey.max-keys", "0", "latchkey.kinds", "secret publishable", "latchkey.keycloak-rest", "true"));
        setup = new RealmSetup(realm);
        new RealmSetup(realm).giveEverybody("plenty", Map.of("latchkey.max-keys", List.of("1000")));
        List.of("alice", "gone", "busy", "newcomer").forEach(realm::user);
        setup.client(Map.of("clientId", "robot", "secret", RealmFixture.SECRET, "serviceAccountsEnabled", true));
        Endpoint.openAll(realm);
    }

    @TestFactory
    Stream<DynamicNode> everyReasonBehindEveryDoor() {
        // Behind each door, what somebody sees who has no key at all worth the name.
        Map<Endpoint, Answer> refusals = new LinkedHashMap<>();
        Endpoint.ALL.forEach(endpoint -> refusals.put(endpoint, endpoint.use().apply(realm, ForgedKey.unknown(0))));
        return BrokenKeys.all(realm, setup).stream()
                .map(broken -> dynamicContainer(broken.reason(), column(broken, refusals).stream()));
    }

    private static List<DynamicNode> column(BrokenKeys broken, Map<Endpoint, Answer> refusals) {
        List<Endpoint> doors = Endpoint.ALL.stream()
                .filter(endpoint -> !endpoint.elsewhere().contains(broken.reason()))
                .toList();
        List<Broken> keys = doors.stream()
                .map(endpoint -> broken.make().apply(NUMBERS.incrementAndGet()))
                .toList();
        keys.forEach(key -> broken.spoil().accept(realm, key));
        List<DynamicNode> tests = new ArrayList<>();
        for (int i = 0; i < doors.size(); i++) {
            Endpoint endpoint = doors.get(i);
            Broken key = keys.get(i);
            tests.add(dynamicTest(endpoint.name(), () -> assertRefused(key, endpoint, refusals)));
        }
        if (broken.known()) {
            tests.add(dynamicTest("events", () -> {
                WrittenRefusals.await(realm);
                keys.forEach(key -> assertRecorded(broken, key));
            }));
        }
        return tests;
    }

    private static void assertRefused(Broken key, Endpoint endpoint, Map<Endpoint, Answer> refusals) {
        Answer answer = endpoint.use().apply(realm, key.presented());

        assertFalse(endpoint.accepted().test(answer), answer::toString);
        assertEquals(endpoint.status(), answer.status(), answer::toString);
        Answer usual = refusals.get(endpoint);
        assertEquals(usual.text(), answer.text());
        for (String header : List.of("Content-Type", "Cache-Control", "WWW-Authenticate", "Vary")) {
            assertEquals(usual.header(header), answer.header(header), header);
        }
    }

    private static void assertRecorded(BrokenKeys broken, Broken key) {
        List<String> names = new ArrayList<>(OTHER_NAMES.getOrDefault(broken.reason(), List.of()));
        names.add(broken.reason());
        boolean recorded = events().anyMatch(event ->
                event.at("/details/credential_id").asText().equals(key.id())
                        && names.contains(event.at("/details/reason").asText().replace("api_key_", "")));
        assertTrue(recorded, () -> "no event says why key " + key.id() + " was refused");
    }

    private static Stream<JsonNode> events() {
        Answer events = realm.master()
                .get(
                        realm.admin(
                                "/events?max=100&type=OAUTH2_EXTENSION_GRANT_ERROR&type=TOKEN_EXCHANGE_ERROR&type=LOGIN_ERROR"));
        return StreamSupport.stream(events.expect(200).json().spliterator(), false);
    }

    @Test
    void theSameKeyIsGoodBehindEveryDoor() {
        for (Endpoint endpoint : Endpoint.ALL) {
            String key = realm.createKey("alice", "good " + endpoint).text("key");

            Answer answer = endpoint.use().apply(realm, key);

            assertTrue(endpoint.accepted().test(answer), endpoint + ": " + answer);
        }
    }

    @Test
    void whiteSpaceAndTheSchemeAroundAKeyChangeNothingBehindAnyDoor() {
        for (Endpoint endpoint : Endpoint.ALL) {
            List<String> forms = endpoint.inHeader()
                    ? List.of(" %s", "%s \t", "secret-token:%s ")
                    : List.of(" %s", "%s\n", "\t%s\r\n", "secret-token:%s\n");
            for (String form : forms) {
                String key = realm.createKey("alice", "in " + form.strip() + NUMBERS.incrementAndGet())
                        .text("key");

                Answer answer = endpoint.use().apply(realm, form.formatted(key));

                assertTrue(endpoint.accepted().test(answer), endpoint + ": " + answer);
            }
        }
    }

    @Test
    void twoKeysInOneValueAreNoneBehindAnyDoor() {
        String key = realm.createKey("alice", "twice").text("key");
        for (Endpoint endpoint : Endpoint.ALL) {
            for (String separator : List.of(",", ", ", " ")) {
                Answer answer = endpoint.use().apply(realm, key + separator + key);

                assertFalse(endpoint.accepted().test(answer), endpoint + ": " + answer);
                assertEquals(endpoint.status(), answer.status(), endpoint + ": " + answer);
            }
        }
    }

    @Test
    void whoeverHoldsAKeyMayEndItWhateverItIsGoodFor() {
        for (BrokenKeys broken : BrokenKeys.all(realm, setup)) {
            Broken key = broken.make().apply(NUMBERS.incrementAndGet());

            Answer answer = realm.anyone().form(realm.keys() + "/revoke", Map.of("token", key.presented()));

            assertEquals(200, answer.status(), broken + ": " + answer);
            assertEquals("", answer.text(), broken::toString);
        }
    }
}
