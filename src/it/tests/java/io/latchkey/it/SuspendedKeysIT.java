package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of more keys than an owner may have, the oldest work and the newest wait. */
class SuspendedKeysIT {

    private RealmFixture realm;
    private RealmSetup setup;
    private String alice;
    private Answer first;
    private Answer second;
    private Answer third;

    @BeforeEach
    void createRealm() {
        realm = RealmFixture.create(Map.of("latchkey.max-keys", "1"));
        setup = new RealmSetup(realm);
        setup.audience("app", "service");
        alice = realm.user("alice");
        new RealmSetup(realm).giveRealmRole(alice, "plan", Map.of("latchkey.max-keys", List.of("3")));
        first = realm.createKey("alice", "first");
        second = realm.createKey("alice", "second");
        third = realm.createKey("alice", "third");
    }

    @Test
    void theNewestKeysWaitForThePlanAndTheirTokensToo() {
        String token = realm.exchange(third.text("key")).expect(200).text("access_token");
        assertEquals("true", realm.introspect(token).text("active"));
        assertWorking(true, true, true);
        setup.forgetEvents();

        setup.withdrawRole(alice, "plan");

        assertWorking(true, false, false);
        assertEquals("false", realm.introspect(token).text("active"));
        assertEquals(
                List.of("api_key_suspended", "api_key_suspended"),
                setup.failures().stream()
                        .map(event -> event.at("/details/reason").asText())
                        .toList());
        setup.giveRole(alice, "plan");
        assertWorking(true, true, true);
        assertEquals("true", realm.introspect(token).text("active"));
    }

    @Test
    void listsSayWhichKeysWait() {
        setup.withdrawRole(alice, "plan");

        List<String> suspended = List.of("third true", "second true", "first false");
        assertEquals(suspended, said(realm.signedIn("alice").get(realm.keys())));
        assertEquals(suspended, said(realm.master().get(realm.adminKeys())));
        assertEquals("active", realm.master().get(path(third)).expect(200).text("status"));
    }

    @Test
    void aPlanThatIsChangedCountsAtOnce() {
        for (int keys : List.of(2, 3, 1)) {
            realm.master()
                    .put(
                            realm.admin("/roles/plan"),
                            Map.of("name", "plan", "attributes", Map.of("latchkey.max-keys", List.of("" + keys))))
                    .expect(204);

            assertWorking(true, keys > 1, keys > 2);
        }
    }

    @Test
    void theNextKeyIsBackWhenAnOlderOneIsSwitchedOffOrEnds() {
        setup.withdrawRole(alice, "plan");

        realm.master().patch(path(first), Map.of("enabled", false)).expect(200);
        assertWorking(false, true, false);
        // Else it would suspend the key that works now.
        assertTooMany(change(first, true, true));
        assertWorking(false, true, false);
        realm.master().delete(path(second)).expect(204);
        assertWorking(false, false, true);
    }

    @Test
    void suspendedKeyIsRotatedAndItsSuccessorIsSuspendedToo() {
        setup.withdrawRole(alice, "plan");

        third = realm.master()
                .post(path(third) + "/rotate", Map.of("gracePeriod", "PT0S"))
                .expect(201);

        assertTrue(third.json().path("suspended").asBoolean());
        assertWorking(true, false, false);
    }

    @Test
    void aKeyThatReplacedAnotherIsAsOldAsThat() {
        setup.withdrawRole(alice, "plan");

        first = realm.master()
                .post(path(first) + "/rotate", Map.of("gracePeriod", "PT0S"))
                .expect(201);

        assertWorking(true, false, false);
        realm.master()
                .post(path(third) + "/rotate", Map.of("gracePeriod", "PT1H"))
                .expect(201);
        assertWorking(true, false, false);
    }

    @Test
    void whatTheRealmDoesNotSayOrSaysWronglySuspendsNothing() {
        setup.withdrawRole(alice, "plan");
        assertWorking(true, false, false);

        for (String slip : List.of("", "one", "-1")) {
            setup.realm(Map.of("attributes", Map.of("latchkey.max-keys", slip, "latchkey.client", "app")));
            assertWorking(true, true, true);
        }
    }

    @Test
    void disabledKeyOccupiesNoSlot() {
        ApiClient caller = realm.signedIn("alice");
        change(second, true, false).expect(200);
        caller.post(realm.keys(), Map.of("name", "never on", "enabled", false)).expect(201);

        Answer fourth = realm.createKey("alice", "fourth");

        Answer terms = caller.get(realm.keys() + "/policy").expect(200);
        assertEquals(3, terms.json().path("keys").asInt());
        assertEquals("too-many-keys", terms.text("reason"));
        assertTooMany(caller.post(realm.keys(), Map.of("name", "fifth")));
        assertTooMany(change(second, true, true));
        change(fourth, false, false).expect(200);
        change(second, true, true).expect(200);
        assertTooMany(change(fourth, false, true));
    }

    @Test
    void enablingAKeyWhosePredecessorIsStillUsableNeedsNoSlot() {
        Answer next = realm.master()
                .post(path(third) + "/rotate", Map.of("gracePeriod", "PT1H"))
                .expect(201);
        change(next, false, false).expect(200);

        change(next, false, true).expect(200);

        realm.exchange(next.text("key")).expect(200);
    }

    @Test
    void enablingManyAtOnceOccupiesOnlyTheFreeSlots() {
        change(second, false, false).expect(200);
        change(third, false, false).expect(200);
        ApiClient caller = realm.signedIn("alice");
        List<Answer> off = IntStream.range(0, 8)
                .mapToObj(i -> caller.post(realm.keys(), Map.of("name", "off " + i, "enabled", false))
                        .expect(201))
                .toList();

        List<Integer> answers = Concurrently.run(8, i -> {
            ApiClient who = i % 2 == 0 ? caller : realm.master();
            String path = i % 2 == 0 ? realm.keys() : realm.adminKeys();
            return who.patch(path + "/" + off.get(i).text("id"), Map.of("enabled", true))
                    .status();
        });

        assertEquals(2, answers.stream().filter(status -> status == 200).count(), answers::toString);
        assertEquals(6, answers.stream().filter(status -> status == 409).count(), answers::toString);
    }

    private Answer change(Answer key, boolean administrator, boolean enabled) {
        Map<String, Boolean> change = Map.of("enabled", enabled);
        return administrator
                ? realm.master().patch(path(key), change)
                : realm.signedIn("alice").patch(realm.keys() + "/" + key.text("id"), change);
    }

    private static void assertTooMany(Answer answer) {
        assertEquals(
                "https://latchkey.io/problems/too-many-keys", answer.expect(409).text("type"));
    }

    private void assertWorking(Boolean... expected) {
        List<Boolean> working = Stream.of(first, second, third)
                .map(key -> realm.exchange(key.text("key")).status() == 200)
                .toList();
        assertEquals(List.of(expected), working);
    }

    private String path(Answer key) {
        return realm.adminKeys() + "/" + key.text("id");
    }

    private static List<String> said(Answer list) {
        return StreamSupport.stream(list.expect(200).json().spliterator(), false)
                .map(SuspendedKeysIT::nameAndState)
                .toList();
    }

    private static String nameAndState(JsonNode key) {
        return key.path("name").asText() + " " + key.path("suspended").asBoolean();
    }
}
