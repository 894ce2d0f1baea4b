package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.it.ApiClient.Answer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys that are none, or none any more: the caller learns nothing, the event tells why. */
class RejectedKeysIT {

    private static RealmFixture realm;
    private static RealmSetup setup;
    private static String alice;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of("latchkey.max-keys", "100"));
        setup = new RealmSetup(realm);
        alice = realm.user("alice");
    }

    @BeforeEach
    void forgetEvents() {
        setup.forgetEvents();
    }

    @Test
    void aWrongSecretBehindARightIdIsRefused() {
        Answer key = realm.createKey("alice", "forged");

        Rejection.assertTellsNothing(realm.exchange(ForgedKey.withOtherSecret(key.text("key"))));

        Rejection.assertRecorded(setup, "api_key_wrong_secret", key, alice);
    }

    @Test
    void anUnknownIdIsRefused() {
        Rejection.assertTellsNothing(realm.exchange(ForgedKey.unknown(1)));

        Rejection.assertRecorded(setup, "api_key_unknown");
    }

    @Test
    void aMistypedKeyIsRefused() {
        Answer key = realm.createKey("alice", "mistyped");

        Rejection.assertTellsNothing(realm.exchange(ForgedKey.mistyped(key.text("key"))));

        Rejection.assertRecorded(setup, "api_key_malformed");
    }

    @Test
    void aTruncatedKeyIsRefused() {
        String key = realm.createKey("alice", "truncated").text("key");

        Rejection.assertTellsNothing(realm.exchange(key.substring(0, key.length() - 1)));

        Rejection.assertRecorded(setup, "api_key_malformed");
    }

    @Test
    void anEmptyParameterIsRefused() {
        Rejection.assertTellsNothing(inForm(""));

        Rejection.assertRecorded(setup, "api_key_malformed");
    }

    @Test
    void anEmptyHeaderIsRefused() {
        Answer answer = realm.exchange("");

        assertEquals(400, answer.status(), answer::text);
        assertTrue(setup.failures().size() == 1);
    }

    @Test
    void aMegabyteInTheFormIsNoServerError() {
        assertRefusedByCaller(() -> inForm("k".repeat(1_000_000)));
    }

    @Test
    void aMegabyteInTheHeaderIsNoServerError() {
        assertRefusedByCaller(() -> realm.exchange("k".repeat(1_000_000)));
    }

    /** Keycloak's HTTP layer may refuse it first, even by closing the connection while the caller is still sending. */
    private static void assertRefusedByCaller(java.util.function.Supplier<Answer> request) {
        try {
            Answer answer = request.get();
            assertTrue(answer.status() >= 400 && answer.status() < 500, () -> answer.status() + answer.text());
        } catch (UncheckedIOException closed) {
            realm.anyone().get("/realms/" + realm.name()).expect(200);
        }
    }

    @Test
    void aDisabledKeyIsRefused() {
        Answer key = realm.createKey("alice", "disabled");
        change(key, Map.of("enabled", false));

        Rejection.assertTellsNothing(realm.exchange(key.text("key")));

        Rejection.assertRecorded(setup, "api_key_disabled", key, alice);
    }

    @Test
    void aKeyThatIsEnabledAgainWorks() {
        Answer key = realm.createKey("alice", "switched");
        change(key, Map.of("enabled", false));
        change(key, Map.of("enabled", true));

        realm.exchange(key.text("key")).expect(200);
    }

    @Test
    void anExpiredKeyIsRefused() {
        String soon = Instant.now().plusSeconds(3).toString();
        Answer key = realm.signedIn("alice")
                .post(realm.keys(), Map.of("name", "expiring", "expiresAt", soon))
                .expect(201);
        Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
        Answer answer = realm.exchange(key.text("key"));
        while (answer.status() == 200 && Instant.now().isBefore(deadline)) {
            answer = realm.exchange(key.text("key"));
        }

        Rejection.assertTellsNothing(answer);
        Rejection.assertRecorded(setup, "api_key_expired", key, alice);
    }

    @Test
    void aRevokedKeyIsRefused() {
        Answer key = realm.createKey("alice", "revoked");
        realm.signedIn("alice").delete(realm.keys() + "/" + key.text("id")).expect(204);

        Rejection.assertTellsNothing(realm.exchange(key.text("key")));

        Rejection.assertRecorded(setup, "api_key_revoked", key, alice);
    }

    @Test
    void aKeyReplacedWithoutOverlapIsRefused() {
        Answer key = realm.createKey("alice", "rotated");
        Answer successor = rotate(key, Map.of("gracePeriod", "PT0S"));

        Rejection.assertTellsNothing(realm.exchange(key.text("key")));

        Rejection.assertRecorded(setup, "api_key_rotated_out", key, alice);
        realm.exchange(successor.text("key")).expect(200);
    }

    @Test
    void aKeyThatEndsWithTheFirstUseOfItsSuccessorIsRefusedFromThenOn() {
        Answer key = realm.createKey("alice", "rotating");
        Answer successor = rotate(key, Map.of("gracePeriod", "PT1H", "endOnFirstUse", true));
        realm.exchange(key.text("key")).expect(200);
        realm.exchange(successor.text("key")).expect(200);

        Rejection.assertTellsNothing(realm.exchange(key.text("key")));
    }

    @Test
    void aKeyOfAnotherRealmIsRefused() {
        try (RealmFixture other = RealmFixture.create(Map.of())) {
            other.user("alice");
            Answer key = other.createKey("alice", "foreign");

            Rejection.assertTellsNothing(realm.exchange(key.text("key")));

            Rejection.assertRecorded(setup, "api_key_unknown");
            other.exchange(key.text("key")).expect(200);
        }
    }

    @Test
    void aKeyInTheQueryIsNotLookedAt() {
        String key = realm.createKey("alice", "query").text("key");

        Answer answer =
                realm.anyone().form(realm.token() + "?api_key=" + key, Map.of("grant_type", RealmFixture.GRANT));

        assertEquals(400, answer.status());
        assertEquals("invalid_request", answer.text("error"));
    }

    @Test
    void aFloodOfUnknownKeysWritesFewEvents() {
        try (RealmFixture flooded = RealmFixture.create(Map.of())) {
            for (int i = 0; i < 50; i++) {
                Rejection.assertTellsNothing(flooded.exchange(ForgedKey.unknown(i)));
            }

            // Ten a minute, and the minute may turn meanwhile.
            int written = new RealmSetup(flooded).failures().size();
            assertTrue(written >= 1 && written <= 20, () -> "events: " + written);
        }
    }

    @Test
    void aFloodOfWrongSecretsDoesNotHideTheFailuresOfAnotherKey() {
        Answer guessed = realm.createKey("alice", "guessed");
        Answer other = realm.createKey("alice", "neighbour");
        change(other, Map.of("enabled", false));
        for (int i = 0; i < 30; i++) {
            realm.exchange(ForgedKey.withOtherSecret(guessed.text("key")));
        }

        realm.exchange(other.text("key"));

        assertTrue(setup.failures().stream()
                .anyMatch(event -> event.at("/details/credential_id").asText().equals(other.text("id"))));
        assertTrue(setup.failures().size() <= 21);
    }

    private static Answer inForm(String key) {
        return realm.anyone().form(realm.token(), Map.of("grant_type", RealmFixture.GRANT, "api_key", key));
    }

    private static void change(Answer key, Map<String, ?> fields) {
        realm.signedIn("alice")
                .patch(realm.keys() + "/" + key.text("id"), fields)
                .expect(200);
    }

    private static Answer rotate(Answer key, Map<String, ?> order) {
        return realm.signedIn("alice")
                .post(realm.keys() + "/" + key.text("id") + "/rotate", order)
                .expect(201);
    }
}
