package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.it.ApiClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A key is replaced without anybody being locked out, whatever gets lost on the way. */
class RotationIT {

    private static RealmFixture realm;

    private final String owner = "owner-" + UUID.randomUUID().toString().substring(0, 8);
    private ApiClient caller;
    private Answer key;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of());
    }

    @BeforeEach
    void makeKey() {
        realm.policy(Map.of());
        realm.user(owner);
        caller = realm.signedIn(owner);
        key = caller.post(realm.keys(), Map.of("name", "rotated", "description", "of use"))
                .expect(201);
    }

    @Test
    void theOldKeyWorksDuringTheOverlapAndTheNewOneAtOnce() {
        Answer next = rotate(Map.of("gracePeriod", "PT1H")).expect(201);

        assertWorks(key);
        assertWorks(next);
        assertWorks(key);
        Answer old = read(key);
        assertEquals("rotating", old.text("status"));
        assertEquals(next.text("id"), old.text("replacedBy"));
        assertEquals(
                Duration.ofHours(1),
                Duration.between(Instant.parse(next.text("createdAt")), Instant.parse(old.text("graceUntil"))));
    }

    @Test
    void withoutOverlapTheOldKeyEndsAtOnce() {
        Answer next = rotate(Map.of("gracePeriod", "PT0S")).expect(201);

        assertDead(key);
        assertWorks(next);
        assertEquals("revoked", read(key).text("status"));
    }

    @Test
    void withoutAWordTheOverlapIsADay() {
        Answer next = caller.send("POST", path(key) + "/rotate", null, null).expect(201);

        assertEquals(
                Duration.ofDays(1),
                Duration.between(
                        Instant.parse(next.text("createdAt")),
                        Instant.parse(read(key).text("graceUntil"))));
    }

    @Test
    void theNewKeyHasTheSettingsOfTheOldOne() {
        Answer next = rotate(Map.of()).expect(201);

        for (String field : List.of("name", "description", "kind", "family", "enabled", "status")) {
            assertEquals(key.json().path(field), next.json().path(field), field);
        }
        assertEquals(key.json().path("owner"), next.json().path("owner"));
        assertNotEquals(key.text("key"), next.text("key"));
    }

    @Test
    void theNewKeyLivesAsLongAsTheOldOneWasGiven() {
        Answer next = rotate(Map.of()).expect(201);

        assertEquals(Duration.ofDays(90), life(next));
        assertTrue(Instant.parse(next.text("expiresAt")).isAfter(Instant.parse(key.text("expiresAt"))));
    }

    @Test
    void theNewKeyLivesNoLongerThanTheRulesOfTodayAllow() {
        realm.policy(Map.of("maxLifetime", "P5D"));

        assertEquals(Duration.ofDays(5), life(rotate(Map.of()).expect(201)));
    }

    @Test
    void theOverlapEndsWithTheFirstUseWhereThatIsWished() {
        Answer next =
                rotate(Map.of("gracePeriod", "P7D", "endOnFirstUse", true)).expect(201);

        assertWorks(key);
        assertWorks(next);
        assertDead(key);
        assertWorks(next);
    }

    @Test
    void everyAnswerToARepeatedRequestCarriesAGoodKeyUntilOneIsUsed() {
        ApiClient repeating = caller.with("Idempotency-Key", "lost-" + owner);
        Answer first = repeating
                .post(path(key) + "/rotate", Map.of("gracePeriod", "PT1H"))
                .expect(201);
        Answer second = repeating
                .post(path(key) + "/rotate", Map.of("gracePeriod", "PT1H"))
                .expect(201);

        assertNotEquals(first.text("key"), second.text("key"));
        assertWorks(first);

        assertDead(second);
        assertWorks(first);
        assertWorks(key);
    }

    @Test
    void theLaterAnswerIsAsGoodAsTheFirst() {
        ApiClient repeating = caller.with("Idempotency-Key", "later-" + owner);
        Answer first = repeating
                .post(path(key) + "/rotate", Map.of("gracePeriod", "PT0S"))
                .expect(201);
        Answer second = repeating
                .post(path(key) + "/rotate", Map.of("gracePeriod", "PT0S"))
                .expect(201);

        assertWorks(second);

        assertDead(first);
        assertDead(key);
        assertWorks(second);
    }

    @Test
    void aRepetitionAfterTheNewKeyIsInUseIsRefused() {
        ApiClient repeating = caller.with("Idempotency-Key", "used-" + owner);
        Answer next = repeating.post(path(key) + "/rotate", Map.of()).expect(201);
        assertWorks(next);

        Answer refused = repeating.post(path(key) + "/rotate", Map.of()).expect(409);

        assertEquals("https://latchkey.io/problems/already-rotated", refused.text("type"));
        assertWorks(next);
    }

    @Test
    void anotherRequestWithTheSameIdempotencyKeyIsRefused() {
        ApiClient repeating = caller.with("Idempotency-Key", "same-" + owner);
        Answer next = repeating
                .post(path(key) + "/rotate", Map.of("gracePeriod", "PT1H"))
                .expect(201);

        Answer refused = repeating
                .post(path(key) + "/rotate", Map.of("gracePeriod", "P7D"))
                .expect(409);

        assertEquals("https://latchkey.io/problems/idempotency-key-reused", refused.text("type"));
        assertWorks(key);
        assertWorks(next);
    }

    @Test
    void withoutAnIdempotencyKeyASecondRotationIsRefused() {
        Answer next = rotate(Map.of()).expect(201);

        Answer refused = rotate(Map.of()).expect(409);
        caller.with("Idempotency-Key", "new")
                .post(path(key) + "/rotate", Map.of())
                .expect(409);

        assertEquals("https://latchkey.io/problems/already-rotated", refused.text("type"));
        assertTrue(refused.text("detail").contains(next.text("id")), refused::text);
        caller.post(path(next) + "/rotate", Map.of()).expect(201);
    }

    @Test
    void manyIdenticalRequestsAtOnceStrandNobody() {
        ApiClient repeating = caller.with("Idempotency-Key", "rush-" + owner);

        List<Answer> answers =
                Concurrently.run(8, i -> repeating.post(path(key) + "/rotate", Map.of("gracePeriod", "PT1H")));

        answers.forEach(answer -> answer.expect(201));
        assertEquals(
                8, answers.stream().map(answer -> answer.text("id")).distinct().count());
        for (Answer answer : answers) {
            assertEquals("active", read(answer).text("status"));
        }
        assertWorks(answers.get(3));
        for (Answer answer : answers) {
            if (answer == answers.get(3)) {
                assertWorks(answer);
            } else {
                assertDead(answer);
            }
        }
    }

    @Test
    void whenTwinsAreUsedAtOnceOneOfThemIsLeft() {
        ApiClient repeating = caller.with("Idempotency-Key", "twins-" + owner);
        List<Answer> twins = List.of(
                repeating.post(path(key) + "/rotate", Map.of()).expect(201),
                repeating.post(path(key) + "/rotate", Map.of()).expect(201));

        Concurrently.run(8, i -> realm.exchange(twins.get(i % 2).text("key")));

        long alive = twins.stream()
                .filter(twin -> realm.exchange(twin.text("key")).status() == 200)
                .count();
        assertTrue(alive >= 1, "nobody is left");
        assertEquals(1, alive);
    }

    @Test
    void manyDifferentRequestsAtOnceGiveOneKey() {
        List<Answer> answers = Concurrently.run(8, i -> rotate(Map.of()));

        assertEquals(
                1, answers.stream().filter(answer -> answer.status() == 201).count(), answers::toString);
        assertEquals(
                7, answers.stream().filter(answer -> answer.status() == 409).count(), answers::toString);
    }

    @Test
    void whatDoesNotWorkIsNotRotated() {
        caller.patch(path(key), Map.of("enabled", false)).expect(200);
        Answer disabled = rotate(Map.of()).expect(409);
        caller.patch(path(key), Map.of("enabled", true)).expect(200);
        caller.delete(path(key)).expect(204);
        Answer revoked = rotate(Map.of()).expect(409);

        assertEquals("https://latchkey.io/problems/key-not-usable", disabled.text("type"));
        assertEquals("https://latchkey.io/problems/key-not-usable", revoked.text("type"));
    }

    @Test
    void anExpiredKeyIsNotRotated() {
        Instant end = Instant.now().plusSeconds(3);
        Answer brief = caller.post(realm.keys(), Map.of("name", "brief", "expiresAt", end.toString()))
                .expect(201);
        Instant deadline = end.plusSeconds(30);
        while (!"expired".equals(read(brief).text("status"))) {
            assertTrue(Instant.now().isBefore(deadline), "the key never expired");
        }

        caller.post(path(brief) + "/rotate", Map.of()).expect(409);

        assertDead(brief);
    }

    @Test
    void aFamilyCountsOnceAndKeepsItsName() {
        realm.policy(Map.of("maxKeys", 2));
        Answer next = rotate(Map.of("gracePeriod", "P7D")).expect(201);

        caller.post(realm.keys(), Map.of("name", "rotated")).expect(409);
        caller.post(realm.keys(), Map.of("name", "second")).expect(201);
        caller.post(realm.keys(), Map.of("name", "third")).expect(409);
        caller.post(path(next) + "/rotate", Map.of()).expect(201);
    }

    @Test
    void aRotationOfADeletedKeyIsNotRepeated() {
        ApiClient repeating = caller.with("Idempotency-Key", "deleted-" + owner);
        repeating.post(path(key) + "/rotate", Map.of()).expect(201);
        caller.delete(path(key)).expect(204);

        repeating.post(path(key) + "/rotate", Map.of()).expect(409);
    }

    private Answer rotate(Object wish) {
        return caller.post(path(key) + "/rotate", wish);
    }

    private Answer read(Answer known) {
        return caller.get(path(known)).expect(200);
    }

    private static void assertWorks(Answer issued) {
        realm.exchange(issued.text("key")).expect(200);
    }

    private static void assertDead(Answer issued) {
        realm.exchange(issued.text("key")).expect(400);
    }

    private static Duration life(Answer issued) {
        return Duration.between(Instant.parse(issued.text("createdAt")), Instant.parse(issued.text("expiresAt")));
    }

    private static String path(Answer known) {
        return realm.keys() + "/" + known.text("id");
    }
}
