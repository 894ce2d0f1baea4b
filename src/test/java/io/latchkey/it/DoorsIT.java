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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;

/** Every reason behind every door: the same verdict, the door's one answer, and the reason in the event only. */
@KeycloakIntegrationTest(config = LatchkeyServer.class)
class DoorsIT {

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    /** What doors call a key that they would refuse for a reason of their own. */
    private static final Map<String, List<String>> OTHER_NAMES =
            Map.of("publishable", List.of("origin_not_allowed"), "client_disabled", List.of("owner_cannot_sign_in"));

    private static RealmFixture realm;
    private static RealmSetup setup;

    @BeforeEach
    void createRealm() {
        if (realm != null) {
            return;
        }
        realm = RealmFixture.create(Map.of(
                "latchkey.max-keys", "0", "latchkey.kinds", "secret publishable", "latchkey.keycloak-rest", "true"));
        setup = new RealmSetup(realm);
        new RealmRoles(realm).giveEverybody("plenty", Map.of("latchkey.max-keys", List.of("1000")));
        List.of("alice", "gone", "busy", "newcomer").forEach(realm::user);
        setup.client(Map.of("clientId", "robot", "secret", RealmFixture.SECRET, "serviceAccountsEnabled", true));
        Door.openAll(realm);
    }

    @AfterAll
    static void deleteRealm() {
        if (realm != null) {
            realm.close();
        }
    }

    @TestFactory
    Stream<DynamicNode> everyReasonBehindEveryDoor() {
        // Behind each door, what somebody sees who has no key at all worth the name.
        Map<Door, Answer> refusals = new LinkedHashMap<>();
        Door.ALL.forEach(door -> refusals.put(door, door.use().apply(realm, ForgedKey.unknown(0))));
        return BrokenKeys.all(realm, setup).stream()
                .map(broken -> dynamicContainer(broken.reason(), column(broken, refusals).stream()));
    }

    private static List<DynamicNode> column(BrokenKeys broken, Map<Door, Answer> refusals) {
        List<Door> doors = Door.ALL.stream()
                .filter(door -> !door.elsewhere().contains(broken.reason()))
                .toList();
        List<Broken> keys = doors.stream()
                .map(door -> broken.make().apply(NUMBERS.incrementAndGet()))
                .toList();
        keys.forEach(key -> broken.spoil().accept(realm, key));
        List<DynamicNode> tests = new ArrayList<>();
        for (int i = 0; i < doors.size(); i++) {
            Door door = doors.get(i);
            Broken key = keys.get(i);
            tests.add(dynamicTest(door.name(), () -> assertRefused(key, door, refusals)));
        }
        if (broken.known()) {
            tests.add(dynamicTest("events", () -> {
                WrittenRefusals.await(realm);
                keys.forEach(key -> assertRecorded(broken, key));
            }));
        }
        return tests;
    }

    private static void assertRefused(Broken key, Door door, Map<Door, Answer> refusals) {
        Answer answer = door.use().apply(realm, key.presented());

        assertFalse(door.accepted().test(answer), answer::toString);
        assertEquals(door.status(), answer.status(), answer::toString);
        Answer usual = refusals.get(door);
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
        for (Door door : Door.ALL) {
            String key = realm.createKey("alice", "good " + door).text("key");

            Answer answer = door.use().apply(realm, key);

            assertTrue(door.accepted().test(answer), door + ": " + answer);
        }
    }

    @Test
    void whiteSpaceAndTheSchemeAroundAKeyChangeNothingBehindAnyDoor() {
        for (Door door : Door.ALL) {
            List<String> forms = door.inHeader()
                    ? List.of(" %s", "%s \t", "secret-token:%s ")
                    : List.of(" %s", "%s\n", "\t%s\r\n", "secret-token:%s\n");
            for (String form : forms) {
                String key = realm.createKey("alice", "in " + form.strip() + NUMBERS.incrementAndGet())
                        .text("key");

                Answer answer = door.use().apply(realm, form.formatted(key));

                assertTrue(door.accepted().test(answer), door + ": " + answer);
            }
        }
    }

    @Test
    void twoKeysInOneValueAreNoneBehindAnyDoor() {
        String key = realm.createKey("alice", "twice").text("key");
        for (Door door : Door.ALL) {
            for (String separator : List.of(",", ", ", " ")) {
                Answer answer = door.use().apply(realm, key + separator + key);

                assertFalse(door.accepted().test(answer), door + ": " + answer);
                assertEquals(door.status(), answer.status(), door + ": " + answer);
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
